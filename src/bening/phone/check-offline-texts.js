// The words of the checker that needs no connection.

export const offlineTexts = {
  fileTitle: ["Pemeriksa tanpa sambungan", "Checker without a connection"],
  fileLead: [
    "Berkas ini tidak menghubungi siapa pun. Pilih berkas yang Anda simpan; semuanya diperiksa di perangkat ini.",
    "This file contacts nobody. Choose the files you have saved; everything is checked on this device.",
  ],
  fileChoose: ["Berkas {name}", "File {name}"],
  fileFirst: ["Pilih manifest.json lebih dulu.", "Choose manifest.json first."],
  fileBroken: ["Berkas {name} rusak atau bukan yang dimaksud.", "The file {name} is damaged or is another one."],

  keysTitle: ["Manifes", "Manifest"],
  keysProves: [
    "daftar kelompok dan ukurannya lengkap di bawah satu akar.",
    "the list of groups and their sizes is whole, under one root.",
  ],
  keysNot: [
    "bahwa manifes ini yang dipakai survei: bandingkan sidik jari dan akarnya dengan siaran pers.",
    "that the survey used this manifest: compare its fingerprint and root with the press release.",
  ],
  keysHash: ["Sidik jari manifes", "Fingerprint of the manifest"],
  keysRead: ["Ronde {round}.", "Round {round}."],
  keysWhole: [
    "Ronde {round}: {n} kelompok, {people} orang, semuanya di bawah akar manifes.",
    "Round {round}: {n} groups, {people} people, all of them under the root of the manifest.",
  ],
  keysWrong: ["Daftar kelompok tidak cocok dengan akar manifes.", "The list of groups does not match the root of the manifest."],

  logTitle: ["Catatan umum", "Public log"],
  logProves: [
    "setiap titik yang Anda pilih ditandatangani catatan ini dan merupakan awal dari baris-baris yang sama: tidak ada yang dibuang atau diubah.",
    "every checkpoint you chose is signed by this log and is a beginning of the same lines: nothing was dropped or changed.",
  ],
  logNot: [
    "bahwa orang lain melihat catatan yang sama: pilih juga titik yang disimpan saksi.",
    "that others saw the same log: choose a witness's checkpoint as well.",
  ],
  logNotes: ["checkpoint (boleh beberapa)", "checkpoint (several if you like)"],
  logYes: [
    "Cocok: {notes} titik, {n} baris, di antaranya {ballots} jawaban terkunci. Manifes ada di dalamnya.",
    "It matches: {notes} checkpoints, {n} lines, {ballots} of them locked answers. The manifest is among them.",
  ],
  logProgress: ["{done} dari {of} baris …", "{done} of {of} lines …"],
  logForeign: ["Satu titik tidak ditandatangani oleh catatan ronde ini.", "One checkpoint is not signed by this round's log."],
  logForked: [
    "Baris-baris ini tidak menghasilkan akar yang ditandatangani pada ukuran {size}. Catatan diubah atau bercabang.",
    "These lines do not lead to the root signed at size {size}. The log was changed or forked.",
  ],
  logShort: [
    "Titik pada ukuran {size} lebih panjang daripada {n} baris yang ada.",
    "The checkpoint at size {size} is longer than the {n} lines there are.",
  ],
  logStranger: ["Manifes ini tidak ada dalam catatan.", "This manifest is not in the log."],

  placeTitle: ["Bukti letak satu jawaban", "Proof of one answer's place"],
  placeProves: [
    "jawaban terkunci yang disebut bukti itu ada dalam catatan di bawah titik yang Anda pilih.",
    "the locked answer that the proof names stands in the log under the checkpoint you chose.",
  ],
  placeNot: ["milik siapa, apa isinya, dan apakah yang terakhir.", "whose it is, what it says, or whether it was the last one."],
  placeProof: ["bukti (JSON: h, index, size, path)", "proof (JSON: h, index, size, path)"],
  placeNote: ["checkpoint pada ukuran itu", "checkpoint of that size"],
  placeYes: ["Ada, pada catatan berukuran {size} baris.", "It is there, in the log of {size} lines."],
  placeNo: [
    "Tidak terbukti: letak itu tidak ada di bawah akar yang ditandatangani pada ukuran {size}.",
    "Not proven: that place is not under the root signed at size {size}.",
  ],
  placeSize: [
    "Bukti itu untuk ukuran {proof}, titiknya untuk ukuran {size}. Minta bukti pada ukuran titik ini.",
    "The proof is for size {proof}, the checkpoint for size {size}. Ask for the proof at this checkpoint's size.",
  ],

  listTitle: ["Apakah satu kode dihitung?", "Was one code counted?"],
  listProves: ["satu jawaban yang dihitung membawa kode ini.", "one counted record carries this code."],
  listNot: [
    "isi jawaban itu, dan bahwa daftar ini yang diumumkan: bandingkan sidik jari daftarnya.",
    "what that record says, nor that this list is the published one: compare the fingerprint of the list.",
  ],
  listYes: ["Dihitung. Kode ini ada di antara {n} kode, {different} di antaranya berbeda.", "Counted. This code is among {n} codes, {different} of them different."],
  listNo: ["Kode ini tidak ada di antara {n} kode.", "This code is not among the {n} codes."],
  listHash: ["Sidik jari daftar", "Fingerprint of the list"],
};
