/* A form that a security key or passkey fills in: data-passkey is "create" or "get". */
(() => {
  "use strict";
  const options = document.getElementById("passkey-options");
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const act = form.dataset.passkey;
    const field = form.querySelector("[name=credential]");
    if (!act || !field || field.value) return;
    event.preventDefault();
    const asked = JSON.parse(options.textContent);
    try {
      const given = await window.webauthnJSON[act](
        act === "create" ? asked.creation_options : asked.request_options,
      );
      field.value = JSON.stringify(given);
      form.submit();
    } catch {
      form.querySelector("[role=alert]").hidden = false;
    }
  });
})();
