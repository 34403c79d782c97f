// Passkeys are script by nature: their button appears where they can work, and a failure is said in words.
const button = document.getElementById("passkey_login");
if (button && window.PublicKeyCredential) button.hidden = false;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-failed").hidden = false;
});
