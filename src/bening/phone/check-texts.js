// The words of the checker page and of its offline twin.

export const checkTexts = {
  checkTitle: ["Periksa sendiri", "Check for yourself"],
  checkLead: [
    "Anda tidak perlu percaya begitu saja. Setiap pemeriksaan di bawah menyebut apa yang dibuktikannya, dan apa yang tidak.",
    "You need not take our word. Each check below says what it proves, and what it does not.",
  ],
  checkShared: [
    "Setelah memakai HP bersama hanya kode bukti yang tersisa. Dengan kode itu Anda dapat memeriksa satu hal.",
    "After using a shared phone only the receipt code is left. With it you can check one thing.",
  ],
  checkNow: ["Periksa", "Check"],
  checking: ["Memeriksa …", "Checking …"],
  checkWhich: ["Undangan yang mana?", "Which invitation?"],
  checkAnswer: ["kode {code}", "code {code}"],
  checkUnsent: ["belum dikirim dari HP ini", "not sent from this phone"],
  checkProves: ["Membuktikan:", "Proves:"],
  checkNot: ["Tidak membuktikan:", "Does not prove:"],
  checkReport: ["Laporkan", "Report"],
  checkOld: [
    "Peramban ini belum dapat memeriksa tanda tangan Ed25519. Buka halaman ini di Chrome, Safari, atau Firefox versi terbaru.",
    "This browser cannot check Ed25519 signatures yet. Open this page in a recent Chrome, Safari or Firefox.",
  ],
  checkAway: ["Tidak tersambung. Coba lagi nanti.", "Not connected. Try again later."],

  recordedTitle: ["Apakah jawaban saya tercatat?", "Were my answers recorded?"],
  recordedProves: [
    "kotak suara menyimpan jawaban Anda yang terkunci, dan tidak dapat membuangnya tanpa ketahuan.",
    "the ballot box holds your locked answers and cannot drop them unseen.",
  ],
  recordedNot: [
    "apa isinya, dan apakah Anda pernah menjawab lagi sesudahnya.",
    "what they say, or whether you answered again afterwards.",
  ],
  recordedNone: [
    "Di HP ini tidak ada jawaban terkirim. Yang dapat diperiksa hanya kode bukti, di bawah.",
    "No answers were sent from this phone. Only a receipt code can be checked, below.",
  ],
  recordedWitness: [
    "Tercatat. Jawaban Anda ada dalam catatan umum yang disaksikan {host}.",
    "Recorded. Your answers stand in the public log that {host} has witnessed.",
  ],
  recordedOwn: [
    "Tercatat, menurut catatan kotak suara sendiri. Belum ada saksi lain untuk bagian catatan ini.",
    "Recorded, by the ballot box's own log. No other witness vouches for this part of the log yet.",
  ],
  recordedNotYet: [
    "Belum tercatat. Catatan ditambah sekali sehari; tanda terima di HP ini sah. Periksa lagi besok.",
    "Not recorded yet. The log grows once a day; the receipt on this phone is valid. Check again tomorrow.",
  ],
  recordedLate: [
    "Tidak tercatat, padahal catatan sudah lengkap. Tanda terima di HP ini adalah janji yang dilanggar: laporkan, dan jangan hapus data peramban.",
    "Not recorded, although the log is complete. The receipt on this phone is a broken promise: report it, and do not clear this browser's data.",
  ],
  recordedReceipt: [
    "Tanda terima di HP ini tidak ditandatangani kotak suara. Laporkan, dan jangan hapus data peramban.",
    "The receipt on this phone was not signed by the ballot box. Report it, and do not clear this browser's data.",
  ],
  recordedForeign: [
    "Titik catatan dari {host} tidak ditandatangani oleh catatan survei ini. Laporkan.",
    "The checkpoint from {host} is not signed by this survey's log. Report it.",
  ],
  recordedPath: [
    "Catatan tidak cocok dengan akar dari {host}: jawaban Anda tidak ada di tempat yang disebut. Catatan ini diubah atau bercabang. Laporkan.",
    "The log does not match the root from {host}: your answers are not where it says. This log was changed or forked. Report it.",
  ],
  recordedForked: [
    "Kotak suara menunjukkan catatan lain daripada yang disaksikan {host}, pada ukuran yang sama. Catatan ini bercabang. Laporkan.",
    "The ballot box shows another log than the one {host} has witnessed, at the same size. This log was forked. Report it.",
  ],
  recordedShrunk: [
    "Catatan kotak suara lebih pendek daripada yang sudah disaksikan {host}. Catatan ini diubah. Laporkan.",
    "The ballot box's log is shorter than what {host} has witnessed. This log was changed. Report it.",
  ],

  countedTitle: ["Apakah jawaban saya dihitung?", "Were my answers counted?"],
  countedProves: [
    "satu jawaban yang dihitung membawa kode ini.",
    "one counted record carries this code.",
  ],
  countedNot: [
    "isi jawaban itu. Server hanya mengetahui dua huruf pertama kode.",
    "what that record says. The server learns only the first two characters of the code.",
  ],
  countedCode: ["Kode bukti", "Receipt code"],
  countedWrong: [
    "Kode ini belum benar: 16 huruf dan angka, seperti 7QK4-MX2P-9D3T-HB6W.",
    "This code is not right yet: 16 letters and digits, like 7QK4-MX2P-9D3T-HB6W.",
  ],
  countedYes: [
    "Dihitung. Kode ini ada dalam daftar yang diumumkan.",
    "Counted. This code is on the published list.",
  ],
  countedEarly: [
    "Belum ada daftar. Jawaban baru dihitung setelah survei ditutup pada {date}.",
    "There is no list yet. Answers are counted only after the survey has closed on {date}.",
  ],
  countedNo: [
    "Kode ini tidak ada dalam daftar. Periksa hurufnya. Bila benar, salah satu ini terjadi: jawabannya tidak sah menurut kuesioner; kelompoknya terlalu kecil untuk dibuka; atau jawabannya dibuang. Kode bukti yang benar patut dilaporkan.",
    "This code is not on the list. Check its letters. If they are right, one of these happened: the record was not valid for the questionnaire; its group was too small to be opened; or it was dropped. A right code that is missing is worth a report.",
  ],
  countedBroken: [
    "Daftar yang diterima rusak atau diubah: isinya bukan kode yang terurut. Laporkan.",
    "The list that came is damaged or altered: it is not a sorted list of codes. Report it.",
  ],

  usedTitle: ["Apakah undangan saya dipakai orang lain?", "Did somebody else use my invitation?"],
  usedProves: [
    "ada atau tidak ada yang menjawab dengan undangan ini.",
    "whether anybody answered with this invitation.",
  ],
  usedNot: [
    "siapa yang melakukannya. Baru dapat diperiksa mulai {date}, supaya tidak dipakai untuk menekan orang.",
    "who did. It can be checked from {date} only, so that nobody can be pressed with it.",
  ],
  usedCode: ["Tautan undangan atau kode masuk", "Invitation link or entry code"],
  usedWrong: [
    "Ini bukan tautan undangan atau kode masuk 18 huruf.",
    "This is neither an invitation link nor an entry code of 18 letters.",
  ],
  usedEarly: ["Baru dapat diperiksa mulai {date}.", "This can be checked from {date} only."],
  usedNo: [
    "Tidak dipakai. Tidak ada yang menjawab dengan undangan ini.",
    "Not used. Nobody answered with this invitation.",
  ],
  usedHere: [
    "Dipakai, dari HP ini: jawabannya terkirim dari sini.",
    "Used, from this phone: the answers were sent from here.",
  ],
  usedYes: [
    "Dipakai, tetapi tidak dari HP ini. Bila Anda tidak menjawab dari perangkat lain atau HP bersama, laporkan.",
    "Used, but not from this phone. If you did not answer on another device or a shared phone, report it.",
  ],
  usedBack: [
    "Menurut gerbang undangan ini belum dipakai, padahal jawabannya terkirim dari HP ini. Laporkan.",
    "The gate says that this invitation is unused, but answers were sent with it from this phone. Report it.",
  ],
  usedUnknown: ["Undangan ini tidak dikenal.", "This invitation is not known."],

  groupTitle: ["Kelompok saya", "My group"],
  groupProves: [
    "kunci yang dipakai HP Anda milik seluruh kelompok ini, bukan kunci khusus untuk Anda.",
    "the key your phone used belongs to this whole group and is not a key of your own.",
  ],
  groupNot: [
    "bahwa kelompok itu memang sebesar ini: bandingkan akar di bawah dengan siaran pers, dan ukurannya dengan pengumuman lembaga.",
    "that the group really is this large: compare the root below with the press release, and the size with what the agency announced.",
  ],
  groupYes: ["{label}: {n} orang.", "{label}: {n} people."],
  groupNone: [
    "HP ini belum pernah membuka undangan, jadi kelompoknya tidak diketahui. Akar untuk semua kelompok:",
    "This phone has opened no invitation, so the group is not known. The root for all groups:",
  ],
  groupWrong: [
    "Kelompok yang tersimpan tidak ada dalam manifes. Laporkan.",
    "The group that is kept here is not in the manifest. Report it.",
  ],
  rootIs: ["Akar manifes", "Root of the manifest"],

  clientTitle: ["Apakah halaman ini sama untuk semua orang?", "Is this page the same for everybody?"],
  clientProves: [
    "berkas yang diterima HP ini sekarang adalah yang disebut dalam catatan umum.",
    "the files this phone gets now are those named in the public log.",
  ],
  clientNot: [
    "bahwa halaman pemeriksa ini sendiri tidak diganti untuk Anda. Bandingkan sidik jari di HP lain dan di siaran pers.",
    "that this very page was not swapped for you alone. Compare the fingerprint on another phone and with the press release.",
  ],
  clientIs: ["Sidik jari halaman", "Fingerprint of the page"],
  clientWitness: [
    "Sama: {n} berkas cocok dengan sidik jari, dan sidik jari itu ada dalam catatan yang disaksikan {host}.",
    "The same: {n} files match the fingerprint, and it stands in the log that {host} has witnessed.",
  ],
  clientOwn: [
    "Sama: {n} berkas cocok dengan sidik jari, dan sidik jari itu ada dalam catatan kotak suara sendiri. Belum ada saksi lain.",
    "The same: {n} files match the fingerprint, and it stands in the ballot box's own log. There is no other witness yet.",
  ],
  clientUnlogged: [
    "{n} berkas cocok dengan sidik jari. Catatan umum belum terbit; ia terbit sekali sehari. Periksa lagi besok.",
    "{n} files match the fingerprint. The public log has not been published yet; it is once a day. Check again tomorrow.",
  ],
  clientFile: [
    "Berkas {path} bukan yang disebut sidik jarinya. Laporkan.",
    "The file {path} is not what the fingerprint names. Report it.",
  ],
  clientForeign: [
    "Sidik jari halaman ini, atau manifesnya, tidak ada dalam catatan umum. Jangan menjawab. Laporkan.",
    "The fingerprint of this page, or of its manifest, is not in the public log. Do not answer. Report it.",
  ],

  offlineLink: [
    "Pemeriksa tanpa sambungan (simpan, lalu buka dari penyimpanan)",
    "Checker without a connection (save it, then open it from your disk)",
  ],
};
