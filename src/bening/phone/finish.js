// What a person sees after the last question: the review, the wait, the receipt.

import { grouped } from "./codes.js";
import { announce, button, h, nav, show } from "./screens.js";
import { date, say, tell, texts } from "./texts.js";

Object.assign(texts, {
  reviewTitle: ["Periksa jawaban Anda", "Check your answers"],
  reviewLead: [
    "Belum ada yang terkirim. Anda masih dapat mengubah setiap jawaban.",
    "Nothing has been sent yet. You can still change every answer.",
  ],
  skipped: ["(dilewati)", "(skipped)"],
  edit: ["Ubah", "Change"],
  send: ["Kirim jawaban", "Send answers"],

  sendingTitle: ["Mengirim …", "Sending …"],
  sending: ["Sebentar, jawaban Anda sedang dikirim.", "One moment, your answers are on their way."],

  sentTitle: ["Jawaban terkirim", "Answers sent"],
  codeLabel: ["Kode bukti Anda", "Your receipt code"],
  codeUse: [
    "Catat kode ini. Setelah penghitungan, Anda dapat memeriksa bahwa jawaban Anda ikut dihitung.",
    "Write this code down. After the count you can check that your answers were counted.",
  ],
  changeUntil: [
    "Anda dapat mengubah jawaban sampai {date}. Hanya yang terakhir dihitung.",
    "You can change your answers until {date}. Only the last ones count.",
  ],
  checkLink: ["Periksa sendiri: tercatat dan dihitung", "Check for yourself: recorded and counted"],
  change: ["Ubah jawaban", "Change my answers"],
  sharedDone: [
    "Semua yang lain sudah dihapus dari HP ini. Tutup halaman ini setelah mencatat kodenya.",
    "Everything else has been deleted from this phone. Close this page once you have the code.",
  ],

  right_used: [
    "Undangan ini sudah dipakai: di perangkat lain, di peramban lain, atau di HP bersama. Bila itu bukan Anda, laporkan di sini.",
    "This invitation has been used already: on another device, in another browser, or on a shared phone. If that was not you, report it here.",
  ],
  wrong_key: ["Kelompok Anda berubah. Coba lagi.", "The group has changed. Please try again."],
  closedSent: [
    "Survei sudah ditutup. Jawaban terakhir yang Anda kirim dihitung.",
    "The survey is closed. Your last sent answers count.",
  ],
  bad_receipt: [
    "Kotak suara memberi tanda terima yang tidak sah. Jawaban Anda tetap terkunci di HP ini. Coba lagi; bila terulang, laporkan.",
    "The ballot box gave a receipt that is not valid. Your answers stay locked on this phone. Try again; if it happens again, report it.",
  ],
  older_version: [
    "Jawaban yang lebih baru dari HP ini sudah ada.",
    "A newer answer from this phone is already there.",
  ],
  other_tab: [
    "Survei ini sedang dikirim di tab lain.",
    "This survey is being sent in another tab.",
  ],
});

export function review({ items, back, send }) {
  show(
    h("h1", {}, say("reviewTitle")),
    h("p", { class: "lead" }, say("reviewLead")),
    h(
      "dl",
      {},
      ...items.map(({ question, value, edit }) =>
        h(
          "div",
          {},
          h("dt", {}, tell(question.label)),
          h("dd", {}, value || h("span", { class: "muted" }, say("skipped"))),
          h(
            "dd",
            {},
            h("button", { type: "button", class: "link", click: edit }, say("edit"), h("span", { class: "unseen" }, ` ${tell(question.label)}`)),
          ),
        ),
      ),
    ),
    nav(button(say("back"), back), button(say("send"), send, "main")),
  );
}

export function sending() {
  const line = h("p", { class: "lead" }, say("sending"));
  show(h("h1", {}, say("sendingTitle")), line);
  return (code) => {
    line.textContent = say(code === "slow_down" ? code : "try_later");
    announce(line.textContent);
  };
}

export function receipt(right, { closes, change }) {
  show(
    h("h1", { class: "sent" }, say("sentTitle")),
    h("p", { class: "muted", id: "code-label" }, say("codeLabel")),
    h("p", { class: "receipt", "aria-labelledby": "code-label" }, grouped(right.code)),
    h("p", {}, say("codeUse")),
    right.shared ? h("p", {}, say("sharedDone")) : h("p", {}, say("changeUntil", { date: date(closes) })),
    h("p", {}, h("a", { href: right.shared ? "/check.html#kode" : "/check.html" }, say("checkLink"))),
    !right.shared && button(say("change"), change),
  );
}
