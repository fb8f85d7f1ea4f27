// The page: polls the screen, keeps the list and the open conversation up to date, sends what is typed.

import { act, look } from "./wire.js";
import { avatar, draw, hueOf, make, preview } from "./bubbles.js";
import { closeAll, drawMenu, openCodes, toggle, wireDialogs, wireHolding } from "./panels.js";

const POLL_MS = 700;
const PATIENCE_MS = 20000;
const byId = (id) => document.getElementById(id);
const app = byId("app");
const list = byId("bubbles");
const words = byId("words");

const state = { screen: null, seen: 0, open: "", bubbles: new Map(), unread: new Map(), waiting: 0, atEnd: true, drawnTasks: "", drawnChats: "" };
const chatNow = () => state.open;
const openChat = () => state.screen.chats.find((chat) => chat.id === state.open);
const context = () => ({ chat: openChat(), account: state.screen.account, tasks: state.screen.tasks });
const ofChat = (id) => state.bubbles.get(id) || [];
const isShown = (id) => id === state.open && (app.dataset.view === "chat" || window.innerWidth > 760);

function take(bubble) {
  if (bubble.number <= state.seen) return;
  state.seen = bubble.number;
  const before = ofChat(bubble.chat);
  state.bubbles.set(bubble.chat, [...before, bubble]);
  if (bubble.chat === state.open) append(bubble, before.at(-1));
  if (bubble.author !== "me" && !isShown(bubble.chat)) {
    state.unread.set(bubble.chat, (state.unread.get(bubble.chat) || 0) + 1);
  }
}

function append(bubble, before) {
  if (bubble.author !== "me") expectReply(false);
  byId("nothing-yet")?.remove();
  list.append(...draw(bubble, before, context()));
  if (state.atEnd || bubble.author === "me") toEnd();
}

function toEnd() {
  list.scrollTop = list.scrollHeight;
  state.atEnd = true;
}

function expectReply(waiting) {
  clearTimeout(state.waiting);
  byId("typing")?.remove();
  if (!waiting) return;
  const item = make("li", "said them");
  item.id = "typing";
  item.append(avatar(state.screen.account, "account"), make("div", "bubble typing", "对方正在输入…"));
  state.waiting = setTimeout(() => expectReply(false), PATIENCE_MS);
  list.append(item);
  toEnd();
}

function redraw() {
  list.replaceChildren();
  const bubbles = ofChat(state.open);
  bubbles.forEach((bubble, index) => list.append(...draw(bubble, bubbles[index - 1], context())));
  if (!bubbles.length) {
    const empty = make("li", "empty", openChat().kind === "person" ? "像平时用微信一样，打一句话试试。例如：回家要做核酸吗？" : "还没有消息");
    empty.id = "nothing-yet";
    list.append(empty);
  }
  toEnd();
}

// Entries stay the nodes they are: one that is put anew between a finger's coming down and going up loses the tap.
function drawList() {
  const holder = byId("chats");
  const entries = state.screen.chats.map((chat) => holder.querySelector(`[data-chat="${chat.id}"]`)?.parentElement || newEntry(chat.id));
  if (holder.children.length !== entries.length || entries.some((entry, place) => holder.children[place] !== entry)) {
    holder.replaceChildren(...entries);
  }
  state.screen.chats.forEach((chat, place) => fillEntry(entries[place].firstElementChild, chat));
}

function newEntry(id) {
  const item = make("li");
  const button = make("button", "person");
  button.type = "button";
  button.dataset.chat = id;
  button.addEventListener("click", () => enter(id));
  item.append(button);
  return item;
}

function fillEntry(button, chat) {
  button.setAttribute("aria-current", String(chat.id === state.open));
  const last = ofChat(chat.id).at(-1);
  const face = avatar(chat.name, hueOf(chat.name));
  const count = state.unread.get(chat.id) || 0;
  if (count) face.append(make("span", "badge", count > 99 ? "99+" : String(count)));
  button.replaceChildren(face, make("span", "name", chat.name), make("span", "time", last ? last.at.time : ""));
  button.append(make("span", "last", last ? preview(last) : chat.note));
  button.setAttribute("aria-label", `${chat.name}，${chat.note}${count ? `，${count} 条未读` : ""}`);
}

function enter(id) {
  closeAll();
  state.open = id;
  state.unread.delete(id);
  app.dataset.view = "chat";
  expectReply(false);
  redraw();
  drawAround();
  if (window.innerWidth > 760 && !byId("composer").hidden) words.focus();
}

function drawAround() {
  drawList();
  const chat = openChat();
  const person = chat.kind === "person";
  byId("title").textContent = person ? state.screen.account : chat.name;
  byId("subtitle").textContent = person ? `${chat.name}的手机 · ${chat.note}` : chat.note;
  byId("more").hidden = !person;
  byId("composer").hidden = !person || !chat.following;
  byId("closed").hidden = person && chat.following;
  byId("closed").textContent = person ? "还没有关注，点右上角“⋯”关注或扫社区码" : "群里的消息由人转发或由系统发出，这里只看";
  byId("follow").textContent = chat.following ? "取消关注" : "关注公众号";
  byId("opt-in").hidden = !chat.following;
  if (person) drawMenu(state.screen.menu, chatNow);
}

function drawTools() {
  const { now, moved_hours: moved, faults } = state.screen;
  byId("clock").textContent = `${now.day} ${now.time}${moved ? `（快进 ${moved} 小时）` : ""}`;
  const lines = Object.entries(faults).map(([endpoint, told]) => make("li", "", `${endpoint === "*" ? "全部接口" : endpoint}：${told}`));
  byId("faults").replaceChildren(...lines);
}

function show(screen) {
  const changed = JSON.stringify([screen.chats, screen.menu]);
  const first = !state.screen;
  const news = screen.bubbles.some((bubble) => bubble.number > state.seen);
  state.screen = screen;
  if (first) state.open = screen.chats[0].id;
  screen.bubbles.forEach(take);
  const tasks = JSON.stringify(screen.tasks);
  if (first || tasks !== state.drawnTasks) redraw();
  state.drawnTasks = tasks;
  if (first || news || changed !== state.drawnChats) drawAround();
  state.drawnChats = changed;
  drawTools();
}

async function poll() {
  try {
    show(await look(state.seen));
    app.removeAttribute("data-offline");
  } catch {
    app.dataset.offline = "true";
    byId("clock").textContent = "连接断了，正在重试…";
  }
  setTimeout(poll, POLL_MS);
}

async function speak() {
  const text = words.value.trim();
  if (!text) return;
  words.value = "";
  grow();
  if (await act("text", { chat: state.open, text })) await peek();
  else words.value = text;
  grow();
}

async function peek() {
  show(await look(state.seen));
  if (ofChat(state.open).at(-1)?.author === "me") expectReply(true);
}

function grow() {
  const empty = !words.value.trim();
  byId("send").hidden = empty;
  byId("plus").hidden = !empty;
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight, 132)}px`;
}

byId("say").addEventListener("submit", (event) => { event.preventDefault(); speak(); });
words.addEventListener("input", grow);
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); speak(); }
});
byId("back").addEventListener("click", () => { app.dataset.view = "list"; closeAll(); byId("chats").querySelector(`[data-chat="${state.open}"]`)?.focus(); });
byId("plus").addEventListener("click", () => toggle(byId("plus"), byId("panel")));
byId("more").addEventListener("click", (event) => { event.stopPropagation(); toggle(byId("more"), byId("more-menu")); });
byId("scan").addEventListener("click", () => { closeAll(); openCodes(state.screen.codes, chatNow); });
byId("opt-in").addEventListener("click", () => { closeAll(); act("opt-in", { chat: state.open }); });
byId("follow").addEventListener("click", () => { closeAll(); act(openChat().following ? "unfollow" : "follow", { chat: state.open }); });
byId("skip").addEventListener("click", () => act("advance", { hours: 49 }));
byId("heal").addEventListener("click", () => act("clear-faults", {}));
byId("fault-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = Object.fromEntries(new FormData(event.target));
  const needsCode = form.kind === "返回错误码";
  act("set-fault", {
    endpoint: form.endpoint, kind: form.kind, times: Number(form.times),
    code: needsCode ? Number(form.code) : 0, seconds: form.kind === "变慢" ? Number(form.seconds) : 0,
  });
});
for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => { closeAll(); act(button.dataset.act, { chat: state.open }); });
}
for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => {
    closeAll();
    if (button.dataset.open === "codes") openCodes(state.screen.codes, chatNow);
    else byId(button.dataset.open).showModal();
  });
}
list.addEventListener("scroll", () => {
  state.atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
}, { passive: true });
list.addEventListener("load", () => { if (state.atEnd) toEnd(); }, true);
list.addEventListener("click", (event) => {
  const { carry, task } = event.target.dataset;
  if (carry) act("forward", { bubble: Number(carry) });
  if (task) act("confirm-task", { task });
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".composer, .sheet, .held, #more")) closeAll();
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeAll(); });
wireDialogs(chatNow);
wireHolding(list, () => Boolean(openChat()?.forwards));
poll();
