// Runs once, when the source panel has loaded: `element` is the panel, `trigger` sends an
// event to the server, `watch` calls back after the panel was redrawn.
let opener = null; // the marker that opened the source, to give the focus back to

const narrow = () => window.matchMedia("(max-width: 860px)").matches;

// On a phone the source covers the talk, so the keyboard must not reach what is under it.
const cover = () => {
  const reading = Boolean(element.querySelector(".source"));
  document.body.classList.toggle("reading", reading);
  document.querySelector("#talk").inert = reading && narrow();
};
window.addEventListener("resize", cover);

const settle = () => {
  cover();
  const quote = element.querySelector("#chosen-quote");
  if (quote) quote.scrollIntoView({ block: "center" });
  const title = element.querySelector("#source-title");
  if (title && opener) title.focus({ preventScroll: true });
};

const mark = (key) => {
  for (const marker of document.querySelectorAll("button.cite"))
    marker.classList.toggle("open", marker.value === key);
};

const open = (marker) => {
  // A marker inside the panel is about to be redrawn, so it can't take the focus back.
  if (!element.contains(marker)) opener = marker;
  mark(marker.value);
  if (element.dataset.key === marker.value && element.querySelector(".source")) settle();
  else trigger("select", { key: marker.value });
  element.dataset.key = marker.value;
};

const close = () => {
  element.dataset.key = "";
  mark("");
  trigger("select", { key: "" });
  if (opener && document.contains(opener)) opener.focus();
  opener = null;
};

document.addEventListener("click", (event) => {
  const marker = event.target.closest("button.cite");
  if (marker) open(marker);
  else if (event.target.closest("#panel button.close")) close();
  else if (event.target.closest("#masthead button.scripts"))
    document.querySelector("footer .show-api").click();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && element.querySelector(".source")) close();
});

watch("value", settle);

// Filters that are set are told also while they are folded away.
const told = () => {
  const fields = [...document.querySelectorAll("#filters input")];
  const set = fields.some((field) => field.value && field.value !== "Any source");
  document.querySelector("#filters")?.classList.toggle("set", set);
};
for (const happened of ["change", "focusout"])
  document.addEventListener(happened, () => setTimeout(told));

// A new question goes to the top of the talk, so that its answer is read from its beginning.
// Gradio names each message by its raw markup, which a screen reader would read aloud.
let asked = 0;
const tidy = () => {
  for (const field of document.querySelectorAll("#filters .day input")) field.type = "date";
  for (const message of document.querySelectorAll("#conversation [aria-label*='s message: <']"))
    message.setAttribute("aria-label", message.closest(".user-row") ? "Question" : "Answer");
  const questions = document.querySelectorAll("#conversation .user-row");
  if (questions.length > asked)
    requestAnimationFrame(() => questions[questions.length - 1].scrollIntoView({ block: "start" }));
  asked = questions.length;
};
// The conversation may not be there yet, so the whole page is watched.
new MutationObserver(tidy).observe(document.body, {
  subtree: true, childList: true, attributeFilter: ["aria-label"],
});
