// Drawing one conversation. Words only ever become text nodes; a link must begin with http or https.

const LINK = /https?:\/\/[^\s<>"'，。；、！？）】》”]+/g;
const SAME_TALK_SECONDS = 300;

export function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export function avatar(name, hue) {
  const node = make("span", `avatar hue-${hue}`, [...name.replace(/^(返乡的小|网格员老?|示例)/, "")][0] || "群");
  node.setAttribute("aria-hidden", "true");
  return node;
}

export function hueOf(name) {
  let sum = 0;
  for (const char of name) sum = (sum * 33 + char.codePointAt(0)) % 10007;
  return sum % 8;
}

function withLinks(node, text) {
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    node.append(text.slice(end, match.index), anchor(match[0], match[0]));
    end = match.index + match[0].length;
  }
  node.append(text.slice(end));
  return node;
}

function anchor(url, text) {
  const node = make("a", "", text);
  node.href = url;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}

function card(bubble, foot) {
  const node = make("div", "bubble card");
  const title = make("strong", "", bubble.title || bubble.text);
  if (/^https?:\/\//.test(bubble.url)) title.replaceChildren(anchor(bubble.url, title.textContent));
  node.append(title);
  if (bubble.title && bubble.text) node.append(withLinks(make("span", "body"), bubble.text));
  node.append(make("span", "foot", foot));
  return node;
}

function picture(bubble) {
  const node = make("div", "bubble picture");
  const image = make("img");
  image.src = `/demo/media/${encodeURIComponent(bubble.media)}`;
  image.alt = "图片";
  node.append(image);
  return node;
}

function task(bubble, context) {
  const node = card(bubble, "企业微信 · 客户群群发");
  const state = context.tasks[bubble.task];
  const button = make("button", "send", { open: "确认发送到居民群", done: "已发送", cancelled: "已取消" }[state]);
  button.type = "button";
  button.disabled = state !== "open";
  button.dataset.task = bubble.task;
  node.append(button);
  return node;
}

const LOOKS = {
  text: (bubble) => withLinks(make("div", "bubble"), bubble.text),
  image: picture,
  voice: (bubble) => make("div", "bubble", `🔊 ${bubble.text || "语音"}`),
  video: (bubble) => make("div", "bubble", `🎬 ${bubble.title || bubble.text || "视频"}`),
  link: (bubble) => card(bubble, "链接"),
  place: (bubble) => card(bubble, "📍 位置"),
  file: (bubble) => card(bubble, "📄 文件"),
  card: (bubble) => card(bubble, bubble.url ? "查看详情" : "通知"),
  task,
};

export function preview(bubble) {
  const marks = { image: "[图片]", voice: "[语音] ", video: "[视频]", link: "[链接] ", place: "[位置] ", file: "[文件] ", task: "[待确认] " };
  return (marks[bubble.look] || "") + (bubble.title || bubble.text).replace(/\s+/g, " ");
}

// The words of a task come alone, as a customer-service message; instructions and reminders are for the worker.
function isToCarry(bubble) {
  return bubble.author === "them" && bubble.channel === "客服消息" && !/^(【任务\d|辛苦了)/.test(bubble.text);
}

function below(bubble, context) {
  const line = make("div", "below");
  if (bubble.channel) line.append(make("span", "", bubble.channel));
  if (context.chat.forwards && isToCarry(bubble)) {
    const carry = make("button", "carry", "转发到村群");
    carry.type = "button";
    carry.dataset.carry = bubble.number;
    line.append(carry);
  }
  return line.childNodes.length ? line : null;
}

function stamp(bubble, before) {
  if (before && bubble.at.seconds - before.at.seconds < SAME_TALK_SECONDS) return null;
  return make("li", "when", `${bubble.at.day} ${bubble.at.time}`);
}

// The list items of one bubble: perhaps a time, then the bubble itself.
export function draw(bubble, before, context) {
  const items = [];
  const when = stamp(bubble, before);
  if (when) items.push(when);
  if (bubble.author === "system") {
    const notice = make("li", "notice");
    notice.append(make("span", "", bubble.text));
    return [...items, notice];
  }
  const mine = bubble.author === "me";
  const item = make("li", `said ${bubble.author}`);
  item.dataset.number = bubble.number;
  const column = make("div", "column");
  if (context.chat.kind === "group") column.append(make("span", "from", bubble.name));
  const drawn = LOOKS[bubble.look](bubble, context);
  column.append(drawn);
  const line = below(bubble, context);
  if (line) column.append(line);
  const name = mine ? context.chat.name : bubble.name;
  item.append(avatar(name, name === context.account ? "account" : hueOf(name)), column);
  return [...items, item];
}
