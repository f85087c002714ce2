// What pages do more when script runs: search as you type, move through time, watch a run, keys of the keyboard.
// Everything works without it. Fragments come from this server and are escaped there.
"use strict";
(() => {
  const $ = (selector) => document.querySelector(selector);
  const later = (ms, act) => { let timer; return (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), ms); }; };
  let asking = new AbortController();

  async function fill(target, address) {
    asking.abort();
    asking = new AbortController();
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (answer.redirected) { location.reload(); return null; }
      const text = await answer.text();
      if (answer.ok) target.innerHTML = text;
      else {
        const wrong = new DOMParser().parseFromString(text, "text/html").querySelector(".wrong");
        const told = document.createElement("p");
        told.className = "wrong";
        told.textContent = wrong ? wrong.textContent : "That did not work; load the page again.";
        target.replaceChildren(told);
      }
      return answer;
    } catch (error) {
      if (error.name !== "AbortError") target.prepend(Object.assign(document.createElement("p"), { className: "wrong", textContent: "The server does not answer." }));
      return null;
    } finally { target.removeAttribute("aria-busy"); }
  }

  const search = $("#search");
  if (search) {
    const ask = later(180, async () => {
      const given = new URLSearchParams(new FormData(search));
      for (const [name, value] of [...given]) if (!value) given.delete(name);
      history.replaceState(null, "", given.size ? `/?${given}` : "/");
      given.set("part", "1");
      await fill($("#hits"), `/?${given}`);
    });
    search.addEventListener("input", ask);
  }

  const asof = $("#asof");
  const slider = $("#slider");
  if (asof && slider) {
    const days = (iso) => Date.parse(`${iso}T00:00:00Z`) / 864e5;
    const first = days(slider.dataset.first), last = days(slider.dataset.last);
    slider.max = String(last - first);
    slider.value = String(days(slider.dataset.now) - first);
    slider.setAttribute("aria-valuetext", slider.dataset.now);
    slider.closest(".slider").hidden = false;
    const show = later(250, () => {
      const given = new URLSearchParams(new FormData(asof));
      for (const [name, value] of [...given]) if (!value) given.delete(name);
      history.replaceState(null, "", `${location.pathname}${given.size ? `?${given}` : ""}`);
      given.set("part", "1");
      fill($("#dossier"), `${location.pathname}?${given}`);
    });
    slider.addEventListener("input", () => {
      const day = new Date((first + Number(slider.value)) * 864e5).toISOString().slice(0, 10);
      $("#as_of").value = Number(slider.value) === last - first ? "" : day;
      slider.setAttribute("aria-valuetext", day);
      show();
    });
    asof.addEventListener("change", (event) => { if (event.target !== slider) show(); });
  }

  const job = $("#job[data-poll]");
  if (job) {
    const poll = async () => {
      const answer = await fill(job, `${location.pathname}?part=1`);
      if (job.querySelector("[data-ended]")) location.reload();
      else setTimeout(poll, answer ? 700 : 3000);
    };
    setTimeout(poll, 500);
  }

  const all = $("#all");
  if (all) all.addEventListener("change", () => document.querySelectorAll("input[name=number]").forEach((box) => { box.checked = all.checked; }));

  const outcome = document.querySelectorAll("input[name=outcome]");
  const code = $("#code");
  if (outcome.length && code) {
    const fit = () => {
      const chosen = $("input[name=outcome]:checked");
      for (const option of code.options) {
        const fits = !chosen || !option.dataset.outcomes || option.dataset.outcomes.split(" ").includes(chosen.value);
        option.hidden = option.disabled = !fits;
      }
      if (code.selectedOptions[0] && code.selectedOptions[0].disabled) code.value = "";
    };
    outcome.forEach((radio) => radio.addEventListener("change", fit));
    fit();
  }

  const keys = $("#keys");
  const on = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  if (keys) {
    keys.checked = on();
    keys.addEventListener("change", () => { try { localStorage.setItem("keys", keys.checked ? "on" : "off"); } catch { /* not kept */ } });
  }
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (!on() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]):not([type=radio]),select,textarea")) return;
    const key = event.key;
    if (going) {
      going = false;
      const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (key === "g") { going = true; setTimeout(() => { going = false; }, 1500); return; }
    const act = {
      "/": () => ($("[data-focus]") || $("main input:not([type=hidden]),main select,main textarea"))?.focus(),
      "?": () => { location.href = "/help"; },
      j: () => step(1), k: () => step(-1),
      t: () => choose("outcome", "true_match"), f: () => choose("outcome", "false_alarm"), u: () => choose("outcome", "undecided"),
      s: () => choose("verdict", "same"), d: () => choose("verdict", "different"),
      e: () => $("#escalate")?.focus(), n: () => $("#note")?.focus(),
    }[key];
    if (act) { event.preventDefault(); act(); }
  });
  function step(by) {
    const items = [...document.querySelectorAll("[data-item]")];
    const at = items.indexOf(document.activeElement);
    items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))]?.focus();
  }
  function choose(name, value) {
    const radio = $(`input[name=${name}][value=${value}]`);
    if (radio) { radio.checked = true; radio.dispatchEvent(new Event("change")); (code || $("#reason") || radio).focus(); }
  }
})();
