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
  lead: [
    "Ceritakan yang Anda alami dan lihat sendiri. Tidak ada jawaban benar atau salah.",
    "Tell us what you have experienced and seen yourself. There are no right or wrong answers.",
  ],
  who: ["Siapa yang bertanya, dan mengapa?", "Who is asking, and why?"],
  whoText: [
    "{agency} ingin tahu di mana pelayanan dan pekerjaan di instansi pemerintah sudah jujur dan di mana belum. Hasilnya diumumkan per instansi, tidak pernah per orang.",
    "{agency} wants to know where public institutions work honestly and where they do not yet. Results are published by institution, never by person.",
  ],
  protection: ["Bagaimana jawaban Anda dilindungi?", "How are your answers protected?"],
  protectionText: [
    "Jawaban Anda dikunci di HP ini sebelum dikirim. Tetapi ini demo: semua kuncinya ada di satu komputer.",
    "Your answers are locked on this phone before they are sent. But this is a demo: all its keys lie on one computer.",
  ],
  genuine: ["Apakah pesan ini asli?", "Is this message genuine?"],
  genuineText: [
    "Survei ini tidak pernah meminta nama, NIK, kata sandi, kode OTP, atau uang. Periksa kode cek di pesan Anda di",
    "This survey never asks for your name, ID number, password, one-time code or money. Check the code in your message at",
  ],
  shared: ["Orang lain juga memakai HP ini", "Other people use this phone too"],
  sharedHint: [
    "Jawaban sementara tidak disimpan, dan semua dihapus setelah terkirim.",
    "No draft is kept, and everything is deleted after sending.",
  ],
  subject: ["Instansi yang Anda nilai", "The institution you rate"],
  choose: ["Pilih …", "Choose …"],
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
