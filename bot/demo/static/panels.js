// What opens and closes: the ＋ panel, the account's menu, dialogs, the ⋯ sheet, the long-press menu.

import { act, say, sendPicture } from "./wire.js";
import { make } from "./bubbles.js";

const byId = (id) => document.getElementById(id);
const LONG_PRESS_MS = 550;

export function toggle(button, target, open = target.hidden) {
  target.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

export function closeAll() {
  toggle(byId("plus"), byId("panel"), false);
  toggle(byId("more"), byId("more-menu"), false);
  byId("held").hidden = true;
  for (const sub of document.querySelectorAll(".sub")) {
    sub.hidden = true;
    sub.previousElementSibling.setAttribute("aria-expanded", "false");
  }
}

function press(entry, chat) {
  closeAll();
  if (entry.type === "view") {
    act("view", { chat: chat(), url: entry.url });
    window.open(entry.url, "_blank", "noopener");
    return;
  }
  act("click", { chat: chat(), key: entry.key });
}

function topEntry(entry, chat) {
  const holder = make("div", "entry");
  const button = make("button", "top", entry.name);
  button.type = "button";
  holder.append(button);
  if (!entry.sub_button || !entry.sub_button.length) {
    button.addEventListener("click", () => press(entry, chat));
    return holder;
  }
  button.classList.add("has-more");
  button.setAttribute("aria-expanded", "false");
  const sub = make("div", "sub");
  sub.hidden = true;
  for (const child of entry.sub_button) {
    const line = make("button", "", child.name);
    line.type = "button";
    line.addEventListener("click", () => press(child, chat));
    sub.append(line);
  }
  button.addEventListener("click", () => {
    const open = sub.hidden;
    closeAll();
    toggle(button, sub, open);
  });
  holder.append(sub);
  return holder;
}

let menuShown = "";

export function drawMenu(menu, chat) {
  const key = JSON.stringify(menu);
  if (key === menuShown) return;
  menuShown = key;
  byId("menu").replaceChildren(...menu.map((entry) => topEntry(entry, chat)));
}

export function openCodes(codes, chat) {
  const lines = codes.map((code) => {
    const line = make("li");
    const button = make("button", "", code.label);
    button.type = "button";
    button.addEventListener("click", () => {
      byId("codes").close();
      act("scan", { chat: chat(), scene: code.scene });
    });
    line.append(button);
    return line;
  });
  if (!lines.length) lines.push(make("li", "", "还没有社区码"));
  byId("code-list").replaceChildren(...lines);
  byId("codes").showModal();
}

export function wireDialogs(chat) {
  for (const button of document.querySelectorAll("[data-sample]")) {
    button.addEventListener("click", () => {
      byId("samples").close();
      sendPicture(chat(), { sample: button.dataset.sample });
    });
  }
  for (const form of document.querySelectorAll("[data-form]")) {
    form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.value === "cancel") return;
      act(form.dataset.form, { chat: chat(), ...Object.fromEntries(new FormData(form)) });
      form.reset();
    });
  }
  byId("picture").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) sendPicture(chat(), { file });
    event.target.value = "";
    closeAll();
  });
}

// A long press, a right click, or the context-menu key on a bubble.
export function wireHolding(list, forwards) {
  let timer = 0;
  const held = byId("held");
  const open = (item, x, y) => {
    const number = Number(item.dataset.number);
    const choices = [["复制", () => copy(item)]];
    if (forwards() && item.classList.contains("them")) choices.push(["转发到村群", () => act("forward", { bubble: number })]);
    held.replaceChildren(...choices.map(([label, run]) => {
      const button = make("button", "", label);
      button.type = "button";
      button.addEventListener("click", () => { held.hidden = true; run(); });
      return button;
    }));
    held.hidden = false;
    held.style.left = `${Math.min(x, window.innerWidth - held.offsetWidth - 8)}px`;
    held.style.top = `${Math.max(8, y - held.offsetHeight - 8)}px`;
    held.firstElementChild.focus();
  };
  const itemOf = (event) => event.target.closest(".said");
  list.addEventListener("contextmenu", (event) => {
    const item = itemOf(event);
    if (!item) return;
    event.preventDefault();
    open(item, event.clientX, event.clientY);
  });
  list.addEventListener("touchstart", (event) => {
    const item = itemOf(event);
    if (!item) return;
    const { clientX, clientY } = event.touches[0];
    timer = setTimeout(() => open(item, clientX, clientY), LONG_PRESS_MS);
  }, { passive: true });
  for (const end of ["touchend", "touchmove", "touchcancel"]) {
    list.addEventListener(end, () => clearTimeout(timer), { passive: true });
  }
}

async function copy(item) {
  const words = item.querySelector(".bubble").textContent;
  try {
    await navigator.clipboard.writeText(words);
    say("已复制");
  } catch {
    say("浏览器不允许复制");
  }
}
