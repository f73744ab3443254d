// Recalculates while somebody types; without it the button does the same.
const form = document.getElementById("design");
const outcome = document.getElementById("outcome");
let waiting, asking;

async function recalculate() {
  asking?.abort();
  asking = new AbortController();
  const said = new FormData(form);
  said.set("do", "look");
  said.set("part", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: said, signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    outcome.replaceChildren(...page.body.childNodes);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(recalculate, 400);
});
