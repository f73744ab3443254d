// Asks the device for a passkey or its answer, and sends that with the form; the options stand in the page as JSON.
const form = document.getElementById("passkey");
const options = JSON.parse(document.getElementById(form.dataset.options).textContent).publicKey;
const failed = form.querySelector("[role=alert][hidden]");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

async function made() {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  };
  const { response, ...rest } = parts(await navigator.credentials.create({ publicKey }));
  const transports = response.getTransports?.() ?? [];
  return { ...rest, response: { ...plain(response, ["attestationObject", "clientDataJSON"]), transports } };
}

async function got() {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: known(options.allowCredentials),
  };
  const { response, ...rest } = parts(await navigator.credentials.get({ publicKey }));
  const names = ["authenticatorData", "clientDataJSON", "signature", "userHandle"];
  return { ...rest, response: plain(response, names.filter((name) => response[name])) };
}

function parts(key) {
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    clientExtensionResults: key.getClientExtensionResults(),
    response: key.response,
  };
}

function plain(response, names) {
  return Object.fromEntries(names.map((name) => [name, text(response[name])]));
}

form.querySelector("button").addEventListener("click", async () => {
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await (form.dataset.ask === "create" ? made() : got()));
  } catch {
    failed.hidden = false; // refused, timed out, or no device: the page says what else there is
    return;
  }
  form.submit();
});
