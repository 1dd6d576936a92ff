/* The counter of the paper ledger: each scanned line is looked up at once, and a phone's camera
   reads QR codes where the browser can. Everything works without. */
(() => {
  "use strict";
  const form = document.querySelector("[data-counter]");
  if (!form) return;
  const field = form.querySelector("#scanned");
  const lines = form.querySelector("[data-lines]");
  const told = form.querySelector("[data-told]");
  const camera = form.querySelector("[data-camera]");
  const video = form.querySelector("[data-video]");
  const asked = new Set([...lines.querySelectorAll("[name=text]")].map((i) => i.value));
  let queue = Promise.resolve();

  const tell = (row) => {
    told.textContent = row ? row.innerText.replace(/\s+/g, " ").trim() : "";
  };

  /* One text after another, so that the rows stand in the order of the papers. */
  const look = (text) => {
    if (asked.has(text) || asked.size >= Number(form.dataset.most)) return;
    asked.add(text);
    queue = queue.then(async () => {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      body.set("scanned", text);
      body.set("row", "1");
      let answer;
      try {
        answer = await fetch(window.location.pathname, { method: "POST", body });
      } catch {
        answer = { ok: false };
      }
      if (!answer.ok) {
        asked.delete(text);
        field.value = `${field.value}${field.value ? "\n" : ""}${text}`;
        return;
      }
      form.querySelector("[data-nothing]")?.remove();
      const box = document.createElement("tbody");
      box.innerHTML = await answer.text();
      const rows = [...box.querySelectorAll("tr")];
      lines.prepend(...rows);
      tell(rows[0]);
    });
  };

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const texts = field.value.split("\n").map((t) => t.trim()).filter(Boolean);
    field.value = "";
    texts.forEach(look);
  });

  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  camera.hidden = false;
  let stream = null;
  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
  };
  const watch = async (detector) => {
    while (stream) {
      const found = await detector.detect(video).catch(() => []);
      found.forEach((code) => look(code.rawValue));
      await new Promise((later) => setTimeout(later, 300));
    }
  };
  camera.addEventListener("click", async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (refused) {
      told.textContent = String(refused.message || refused);
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    watch(new window.BarcodeDetector({ formats: ["qr_code"] }));
  });
})();
