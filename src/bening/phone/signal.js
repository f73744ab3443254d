// What only sending needs comes once the first question stands; false while there is no signal. A module that failed
// to load stays away until the page is opened anew, so it is asked for as a file first.
let readiness;
export const ready = () => (readiness ??= fetchLater());

async function fetchLater() {
  const later = document.querySelector("link[rel=later]");
  try {
    await (await fetch(later.href, { integrity: later.integrity })).blob();
  } catch {
    readiness = undefined;
    return false;
  }
  const preload = later.cloneNode();
  preload.rel = "modulepreload";
  later.replaceWith(preload);
  return true;
}
