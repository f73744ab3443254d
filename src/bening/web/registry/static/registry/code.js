// An invitation's link carries its code behind `#`, where no server sees it: put it into the field and go on.
function take() {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname); // nor does it stay in the address bar
  const form = document.getElementById("code");
  form.elements.code.value = code;
  form.submit();
}

addEventListener("hashchange", take); // a link pasted into the address bar of this very page loads nothing
take();
