// Every word the page itself says, Indonesian first, then English (the words of sending: finish.js), and the
// chosen language. Questions bring their own words.

export const LANGUAGES = { id: "Bahasa Indonesia", en: "English" };

export const texts = {
  demo: [
    "DEMO: versi ini belum merahasiakan jawaban. Jangan menulis jawaban yang sebenarnya.",
    "DEMO: this build is not confidential. Do not give your real answers.",
  ],
  loading: ["Membuka …", "Opening …"],
  version: ["Versi", "Version"],

  chosen: ["Anda terpilih secara acak.", "You were chosen at random."],
  invited: ["Anda diundang untuk menjawab.", "You are invited to answer."],
  group: ["Kelompok Anda: {label}, {n} orang.", "Your group: {label}, {n} people."],
  groupUpTo: [
    "Kelompok Anda: {label}, hingga {n} orang. Kelompok dengan kurang dari {least} jawaban digabung.",
    "Your group: {label}, up to {n} people; groups with fewer than {least} answers are merged.",
  ],
  lead: [
    "Ceritakan yang Anda alami dan lihat sendiri. Tidak ada jawaban benar atau salah.",
    "Tell us what you have experienced and seen yourself. There are no right or wrong answers.",
  ],
  who: ["Siapa yang bertanya, dan mengapa saya?", "Who is asking, and why me?"],
  whoText: [
    "{agency} ingin tahu di mana pelayanan dan pekerjaan di instansi pemerintah sudah jujur dan di mana belum. Hasilnya diumumkan per instansi, tidak pernah per orang.",
    "{agency} wants to know where public institutions work honestly and where they do not yet. Results are published by institution, never by person.",
  ],
  why_drawn: [
    "Anda terpilih lewat undian dari daftar kelompok Anda.",
    "You were drawn by lot from the list of your group.",
  ],
  why_all: ["Semua orang dalam kelompok Anda diundang.", "Everybody in your group is invited."],
  why_expert: ["Anda diundang karena mengenal instansi ini.", "You are invited because you know this institution."],
  why_visitor: ["Anda mendaftar sendiri.", "You registered yourself."],
  protection: ["Bagaimana jawaban Anda dilindungi?", "How are your answers protected?"],
  withheld: [
    "Ini demo: tidak ada kerahasiaan yang dijanjikan. Jawaban dikunci di HP ini sebelum dikirim, tetapi semua kuncinya ada di satu komputer.",
    "This is a demo: no confidentiality is promised. Answers are locked on this phone before they are sent, but all keys lie on one computer.",
  ],
  locked: [
    "Jawaban Anda dikunci di HP ini sebelum dikirim.",
    "Your answers are locked on this phone before they are sent.",
  ],
  nobody: [
    "Selama survei berjalan tidak seorang pun, termasuk pengelola sistem, dapat membukanya.",
    "While the survey runs nobody, the operators included, can open them.",
  ],
  together: [
    "Setelah survei ditutup, semua jawaban kelompok Anda ({n} orang) dibuka bersama-sama dan diacak; tidak ada catatan siapa menjawab apa.",
    "After closing, all answers of your group ({n} people) are opened together and shuffled; there is no record of who answered what.",
  ],
  apart: ["Undangan dan jawaban disimpan terpisah.", "Invitations and answers are kept apart."],
  superiors: [
    "Atasan dan Inspektorat tidak melihat siapa yang diundang, siapa yang menjawab, dan apa jawabannya.",
    "Your superior and the Inspectorate do not see who was invited, who answered, or what.",
  ],
  lastCounts: [
    "Anda dapat mengubah jawaban sampai {date}; hanya yang terakhir dihitung. Dengan kode bukti Anda dapat memeriksa bahwa jawaban Anda ikut dihitung.",
    "You can change your answers until {date}; only the last ones count. With your receipt code you can check that your answers were counted.",
  ],
  oneOperator: [
    "Yang harus Anda ketahui: undangan dan jawaban dijalankan oleh satu pengelola di satu mesin.",
    "What you should know: invitations and answers are run by one operator on one machine.",
  ],
  unproven: [
    "Belum dibuktikan bahwa orang lain yang memegang kuncinya.",
    "It is not proven that other people hold the key.",
  ],
  screen: [
    "Yang tidak dapat kami cegah: orang yang melihat layar Anda.",
    "What we cannot prevent: somebody looking at your screen.",
  ],
  limits: ["Apa yang dijamin, apa yang tidak", "What is guaranteed, and what is not"],
  genuine: ["Apakah pesan ini asli?", "Is this message genuine?"],
  genuineText: [
    "Survei ini tidak pernah meminta nama, NIK, kata sandi, kode OTP, atau uang. Periksa kode cek di pesan Anda di",
    "This survey never asks for your name, ID number, password, one-time code or money. Check the code in your message at",
  ],
  problem: ["Ada masalah?", "Is something wrong?"],
  not_me: ["Pesan ini bukan untuk saya", "This message is not for me"],
  not_employee: [
    "Saya tidak bekerja di sana, atau tidak pernah memakai layanannya",
    "I do not work there, or never used the service",
  ],
  refuse: ["Saya tidak mau ikut", "I do not want to take part"],
  fraud: ["Saya kira ini penipuan", "I think this is fraud"],
  coached: ["Saya disuruh menjawab begini", "I was told what to answer"],
  notNow: [
    "Anda tidak harus mengirim sekarang: tautan Anda berlaku sampai {date}.",
    "You need not send now: your link is good until {date}.",
  ],
  atHome: [
    "Jawaban yang sudah terkirim pun dapat diganti di rumah, dengan HP ini. Hanya yang terakhir dihitung.",
    "Even sent answers can be replaced at home, with this phone. Only the last ones count.",
  ],
  complain: ["Laporkan hal ini", "Report this"],
  shared: ["Orang lain juga memakai HP ini", "Other people use this phone too"],
  sharedHint: [
    "Jawaban sementara tidak disimpan, dan semua dihapus setelah terkirim.",
    "No draft is kept, and everything is deleted after sending.",
  ],
  subject: ["Instansi yang Anda nilai", "The institution you rate"],
  choose: ["Pilih …", "Choose …"],
  startSoon: ["Mulai", "Start"],
  start: ["Mulai · {n} menit", "Start · {n} minutes"],
  resume: ["Lanjutkan jawaban Anda", "Continue your answers"],

  typeTitle: ["Masukkan kode masuk", "Type your entry code"],
  typeHint: ["18 huruf dan angka di surat atau pesan Anda.", "The 18 letters and digits in your letter or message."],
  typeWrong: [
    "Kode ini belum benar. Periksa huruf demi huruf.",
    "This code is not right yet. Check it letter by letter.",
  ],
  open: ["Buka survei", "Open the survey"],

  step: ["{at} dari {of}", "{at} of {of}"],
  optional: ["boleh dilewati", "you may skip this"],
  back: ["Kembali", "Back"],
  next: ["Lanjut", "Next"],
  missingTitle: ["Masih ada yang perlu dijawab", "Something is still to be answered"],
  "QUEST-120": ["Pilih salah satu jawaban.", "Please choose one answer."],
  many: ["Boleh pilih lebih dari satu.", "You may choose more than one."],
  "QUEST-128": ["Tulis angka saja.", "Please write digits only."],
  "QUEST-124": ["Terlalu panjang. Pendekkan sedikit.", "Too long. Please shorten it a little."],

  try_later: [
    "Tersimpan di HP ini. Kami mencoba lagi; Anda boleh menutup halaman ini dan membuka tautannya lagi nanti.",
    "Kept on this phone. We try again; you may close this page and open the link again later.",
  ],
  slow_down: ["Sebentar …", "One moment …"],
  stopTitle: ["Belum bisa dilanjutkan", "This cannot go on yet"],
  unknown: [
    "Kode ini tidak dikenal. Periksa lagi, atau hubungi pusat bantuan.",
    "This code is not known. Check it, or ask the help desk.",
  ],
  closed: [
    "Survei sudah ditutup. Jawaban Anda tidak terkirim.",
    "The survey is closed. Your answers were not sent.",
  ],
  bad_format: [
    "Ada yang salah di halaman ini, bukan pada Anda. Hubungi pusat bantuan dan sebutkan versinya.",
    "Something went wrong here, not with you. Tell the help desk the version.",
  ],
  key_refused: [
    "Halaman ini tidak disiapkan dengan benar. Jangan menjawab. Laporkan:",
    "This page was not prepared properly. Do not answer. Report it:",
  ],
  no_crypto: [
    "Buka tautan ini di Chrome atau Safari, atau pakai HP lain.",
    "Open this link in Chrome or Safari, or use another phone.",
  ],
  not_secure: [
    "Alamat ini tidak aman. Alamat survei selalu diawali https.",
    "This address is not secure. The survey's address always begins with https.",
  ],
  offline: ["Tidak ada sinyal. Coba lagi setelah tersambung.", "No connection. Try again when you are online."],
  report: ["Laporkan", "Report"],
  again: ["Coba lagi", "Try again"],
  done: ["Selesai", "Done"],
};

let language = "id";

export const speak = (code) => {
  language = code;
};

export const spoken = () => language;

// A text of the page, with {words} filled in.
export const say = (key, words = {}) =>
  texts[key][language === "id" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => words[name]);

// A text of the questionnaire, {id, en}.
export const tell = (text) => text[language];

export const date = (day) =>
  new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
