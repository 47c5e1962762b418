// Follows a job while it runs. Everything on the pages works without this file; it only saves reloading.
"use strict";

// Fetches this page again and swaps what changes, unless somebody is writing in it.
async function refresh() {
  const writing = [...document.querySelectorAll("[data-live] textarea")].some((area) => area.value !== "");
  if (writing) return;
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = new Set([...document.querySelectorAll("[data-live] details[open]")].map(path_of));
  for (const [index, part] of document.querySelectorAll("[data-live]").entries()) {
    const next = fresh.querySelectorAll("[data-live]")[index];
    if (next) part.replaceWith(next);
  }
  for (const details of document.querySelectorAll("[data-live] details")) if (open.has(path_of(details))) details.open = true;
  begin();
}

// Which <details> this is, so that it stays open over a refresh.
function path_of(details) {
  const near = details.closest("[id]");
  return (near ? near.id : "") + "/" + details.querySelector("summary").textContent;
}

function follow(place) {
  place.dataset.begun = "yes";
  const source = new EventSource(place.dataset.watch);
  source.addEventListener("change", refresh);
  source.addEventListener("end", () => { source.close(); refresh(); });
}

function print(log) {
  log.dataset.begun = "yes";
  const source = new EventSource(log.dataset.log);
  source.addEventListener("message", (event) => {
    const at_end = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
    log.append(event.data);
    if (at_end) log.scrollTop = log.scrollHeight;
  });
  source.addEventListener("end", () => source.close());
}

function begin() {
  document.querySelectorAll("[data-watch]:not([data-begun])").forEach(follow);
  document.querySelectorAll("[data-log]:not([data-begun])").forEach(print);
}

begin();
