// What stands on the tablet: the interviewer's list, the moments of handing over, the code at the end.

import { grouped } from "./codes.js";
import { button, h, nav, show } from "./screens.js";
import { say, tell, texts } from "./texts.js";

Object.assign(texts, {
  noVisits: ["Belum ada penugasan di tablet ini", "There are no assignments on this tablet yet"],
  noVisitsHow: [
    "Buka daftar kunjungan Anda di tablet ini selagi ada sinyal, lalu ikuti petunjuk di sana.",
    "Open your list of visits on this tablet while it is online, and follow the steps there.",
  ],
  visitsTitle: ["{n} wawancara belum dilakukan", "{n} interviews are still to be held"],
  visitsNone: ["Semua wawancara sudah dilakukan", "All interviews have been held"],
  offlineReady: ["Siap dipakai tanpa sinyal.", "Ready to be used without a signal."],
  offlineNot: [
    "Belum siap tanpa sinyal. Tunggu sebentar selagi tersambung.",
    "Not ready to be used without a signal. Wait a moment while you are online.",
  ],
  visit: ["Kunjungan {n}", "Visit {n}"],
  hold: ["Mulai", "Begin"],
  stageSealed: ["terkunci, menunggu sinyal", "locked, waiting for a signal"],
  stageSent: ["terkirim", "sent"],
  purge: ["Hapus semua dari tablet ini", "Delete everything from this tablet"],
  purgeTitle: ["Hapus semua dari tablet ini?", "Delete everything from this tablet?"],
  purgeText: [
    "{n} wawancara terkunci belum terkirim dan akan hilang. Ini tidak dapat dibatalkan.",
    "{n} locked interviews have not been sent and will be lost. This cannot be undone.",
  ],
  keepAll: ["Jangan hapus", "Keep everything"],

  wayBackTitle: ["Tablet ini siap menerima penugasan", "This tablet is ready for assignments"],
  wayBack: [
    "Kembali ke {host}. Hanya tablet ini yang dapat membuka penugasan yang dikunci untuknya.",
    "Go back to {host}. What is locked for this tablet can be opened on this tablet alone.",
  ],
  goBack: ["Kembali ke daftar kunjungan", "Back to the list of visits"],
  loadingTitle: ["Mengambil penugasan …", "Fetching the assignments …"],
  notForThis: [
    "Penugasan ini dikunci untuk tablet lain. Siapkan tablet ini dari daftar kunjungan Anda.",
    "These assignments are locked for another tablet. Prepare this tablet from your list of visits.",
  ],

  handTitle: ["Serahkan tablet kepada responden", "Hand the tablet to the respondent"],
  handText: [
    "Kunjungan {n}. Mulai sekarang responden memegang tablet dan menjawab sendiri. Duduklah di tempat Anda tidak melihat layarnya.",
    "Visit {n}. From now on the respondent holds the tablet and answers alone. Sit where you cannot see the screen.",
  ],
  handed: ["Saya responden, tablet sudah di tangan saya", "I am the respondent and hold the tablet"],
  notYet: ["Belum, kembali ke daftar", "Not now, back to the list"],

  meetTitle: ["Sekarang Anda menjawab sendiri", "Now you answer alone"],
  meetDemo: ["Ini demo: tidak ada kerahasiaan yang dijanjikan.", "This is a demo: no confidentiality is promised."],
  meetSeals: [
    "Jawaban Anda dikunci di tablet ini begitu Anda selesai. Setelah itu tidak ada jalan kembali ke dalamnya dari tablet ini.",
    "Your answers are locked on this tablet as soon as you finish. After that no way leads back into them from this tablet.",
  ],
  meetThat: [
    "Pewawancara dan sistem undangan melihat bahwa wawancara ini berlangsung. Mereka tidak melihat apa yang Anda jawab.",
    "The interviewer and the system of invitations see that this interview took place. They do not see what you answer.",
  ],
  meetOnce: [
    "Jawaban dari tablet tidak dapat diubah lagi. Di akhir Anda mendapat kode bukti untuk dicatat.",
    "Answers given on a tablet cannot be changed later. At the end you get a receipt code to write down.",
  ],
  meetFree: ["Ikut serta itu sukarela.", "Taking part is voluntary."],
  meetNo: ["Saya tidak mau ikut", "I do not want to take part"],
  meetStart: ["Mulai · {n} menit", "Start · {n} minutes"],

  sealingTitle: ["Mengunci jawaban …", "Locking your answers …"],
  sealedTitle: ["Jawaban Anda terkunci", "Your answers are locked"],
  sealedUse: [
    "Catat kode ini di kertas Anda sendiri. Setelah penghitungan, Anda dapat memeriksa bahwa jawaban Anda ikut dihitung. Kode ini tidak muncul lagi.",
    "Write this code on a paper of your own. After the count you can check that your answers were counted. The code does not appear again.",
  ],
  sealedSend: [
    "Jawaban dikirim begitu tablet mendapat sinyal, lalu kuncinya dihapus dari tablet ini.",
    "The answers are sent as soon as the tablet has a signal; then their key is deleted from this tablet.",
  ],
  written: ["Sudah saya catat, kembalikan tablet", "I have written it down, give the tablet back"],
  backTitle: ["Kembalikan tablet kepada pewawancara", "Give the tablet back to the interviewer"],
  backText: [
    "Wawancara ini terkunci dan tidak dapat dibuka lagi oleh siapa pun di tablet ini.",
    "This interview is locked and cannot be opened again by anybody on this tablet.",
  ],
  iAmInterviewer: ["Saya pewawancara", "I am the interviewer"],
});

// The phone's promise by the claim of the manifest, less what a tablet cannot keep: nobody changes an answer later.
const PROMISES = new Map([
  ["apart", ["meetSeals", "superiors", "oneOperator", "unproven", "screen"]],
  ["one-operator", ["meetSeals", "nobody", "together", "superiors", "oneOperator", "screen"]],
  ["full", ["meetSeals", "nobody", "together", "superiors", "screen"]],
]);

// What became of a visit, in words; a refusal is a key of the texts.
const stage = ({ stage: at, fault }) => (fault ? say(fault) : say(at === "sent" ? "stageSent" : "stageSealed"));

const line = (visit, hold) =>
  h(
    "li",
    {},
    h("p", {}, say("visit", { n: visit.number })),
    visit.stage === "open"
      ? button(say("hold"), () => hold(visit), "quiet")
      : h("p", { class: visit.fault ? "wrong" : visit.stage === "sent" ? "muted ready" : "muted" }, stage(visit)),
  );

export function list(rows, { ready, hold, purge }) {
  const open = rows.filter((visit) => visit.stage === "open").length;
  if (!rows.length) return show(h("h1", {}, say("noVisits")), h("p", { class: "lead" }, say("noVisitsHow")), state(ready));
  return show(
    h("h1", {}, open ? say("visitsTitle", { n: open }) : say("visitsNone")),
    state(ready),
    h("ul", { class: "visits" }, ...rows.map((visit) => line(visit, hold))),
    button(say("purge"), purge, "link"),
  );
}

const state = (ready) => h("p", { class: ready ? "muted ready" : "muted" }, say(ready ? "offlineReady" : "offlineNot"));

export const purgeAll = (n, { yes, no }) =>
  show(
    h("h1", {}, say("purgeTitle")),
    h("p", { class: "lead" }, say("purgeText", { n })),
    nav(button(say("purge"), yes), button(say("keepAll"), no, "main")),
  );

export const wayBack = (url) =>
  show(
    h("h1", {}, say("wayBackTitle")),
    h("p", { class: "lead" }, say("wayBack", { host: url.host })),
    h("p", {}, h("a", { href: url.href, rel: "noreferrer" }, say("goBack"))),
  );

export const waiting = (title) => show(h("h1", {}, say(title)));

export const handOver = (number, { handed, back }) =>
  show(
    h("h1", {}, say("handTitle")),
    h("p", { class: "lead" }, say("handText", { n: number })),
    button(say("handed"), handed, "main"),
    button(say("notYet"), back),
  );

export function meet({ entry, instrument, claim }, { start, refuse }) {
  const promise = PROMISES.get(claim.replace(/^[\d.]+\//, "")) ?? ["meetDemo", "meetSeals"];
  show(
    h("h1", {}, say("meetTitle")),
    h("p", { class: "lead" }, say("lead")),
    h("p", { class: "muted" }, say("group", { label: tell(entry.label), n: entry.sampled })),
    h("p", {}, promise.map((key) => say(key, { n: entry.sampled })).join(" ")),
    h("p", {}, say("meetThat")),
    h("p", {}, say("meetOnce"), " ", say("meetFree")),
    button(say("meetStart", { n: instrument.minutes }), start, "main"),
    button(say("meetNo"), refuse),
  );
}

export const sealed = (code, written) =>
  show(
    h("h1", { class: "sent" }, say("sealedTitle")),
    h("p", { class: "muted", id: "code-label" }, say("codeLabel")),
    h("p", { class: "receipt", "aria-labelledby": "code-label" }, grouped(code)),
    h("p", {}, say("sealedUse")),
    h("p", {}, say("sealedSend")),
    button(say("written"), written, "main"),
  );

export const giveBack = (done) =>
  show(h("h1", {}, say("backTitle")), h("p", { class: "lead" }, say("backText")), button(say("iAmInterviewer"), done, "main"));
