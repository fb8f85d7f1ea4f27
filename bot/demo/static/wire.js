// Talking to the sandbox: one look at the screen, and acts. An act's refusal is shown as a toast.

const toast = document.getElementById("toast");
let hiding = 0;

export function say(words) {
  toast.textContent = words;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { toast.hidden = true; }, 2600);
}

export async function look(after) {
  const answer = await fetch(`/demo/api/screen?after=${after}`, { cache: "no-store" });
  if (!answer.ok) throw new Error("screen");
  return answer.json();
}

async function send(path, options) {
  try {
    const answer = await fetch(path, { method: "POST", ...options });
    if (answer.ok) return true;
    const told = await answer.json().catch(() => ({}));
    say(told.error || "没有成功，请再试一次");
  } catch {
    say("连不上演示服务");
  }
  return false;
}

export function act(name, details) {
  return send(`/demo/api/act/${name}`, {
    headers: { "Content-Type": "application/json", "X-Demo": "1" },
    body: JSON.stringify(details),
  });
}

export function sendPicture(chat, { file = null, sample = "" }) {
  const body = new FormData();
  body.append("chat", chat);
  if (sample) body.append("sample", sample);
  if (file) body.append("picture", file);
  return send("/demo/api/picture", { headers: { "X-Demo": "1" }, body });
}
