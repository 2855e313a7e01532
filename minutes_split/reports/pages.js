"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);

  // 1 Filter: what concerns a family and is withheld first, then its questions, then its sections.
  const family = one("#family"), state = one("#state"), told = one("#told");
  const filter = () => {
    let shown = 0;
    for (const each of all("[data-for]")) {
      const fits = !family.value || each.dataset.for.split(" ").includes(family.value);
      each.hidden = !fits || (!!each.dataset.state && !!state.value && each.dataset.state !== state.value);
      shown += each.hidden || !each.dataset.state ? 0 : 1;
    }
    for (const each of all("[data-concerns]")) each.hidden = each.dataset.concerns !== family.value;
    for (const each of all(".group")) each.hidden = !each.querySelector("[data-for]:not([hidden])");
    told.textContent = `${shown} ${shown === 1 ? "section" : "sections"} shown.`;
  };
  if (family && state) {
    family.addEventListener("change", filter);
    state.addEventListener("change", filter);
    if (family.value || state.value) filter();
  }

  // 2 Why: the rules that spoke about a passage, each with its sentence; by the button and on pointing. Escape takes them away.
  const sentence = (reason) => {
    const rule = document.getElementById(`r-${reason.split(" ")[0]}`);
    return rule ? `${reason}: ${rule.nextElementSibling.textContent}` : reason;
  };
  const reasons = (unit) => {
    const words = unit.textContent.trim().split(/\s+/);
    const note = document.createElement("div");
    const told = unit.dataset.why ? unit.dataset.why.split("\n").map(sentence) : ["No rule spoke about it."];
    for (const text of [`“${words.slice(0, 7).join(" ")}${words.length > 7 ? " …" : ""}”`, ...told]) {
      const line = document.createElement("p");
      line.textContent = text;
      note.append(line);
    }
    return note;
  };
  document.addEventListener("click", (event) => {
    const ask = event.target.closest(".ask");
    if (!ask) return;
    const open = ask.getAttribute("aria-expanded") === "true";
    ask.setAttribute("aria-expanded", String(!open));
    if (open) { ask.nextElementSibling.remove(); return; }
    const note = document.createElement("div");
    note.className = "because-of";
    note.append(...[...ask.parentElement.querySelectorAll(".u")].map(reasons));
    ask.after(note);
  });
  const why = one("#why");
  if (why) {
    document.addEventListener("mouseover", (event) => {
      const unit = event.target.closest(".u");
      if (!unit) return;
      why.replaceChildren(reasons(unit));
      why.hidden = false;
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") why.hidden = true; });
  }

  // A link to a passage that the filter has taken away shows everything again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#u']");
    const unit = link && document.getElementById(link.hash.slice(1));
    if (!unit || !unit.closest("[hidden]")) return;
    family.value = state.value = "";
    filter();
  });

  // Answers that stand in no file yet are asked about before the page goes.
  let unsaved = false;
  document.addEventListener("input", (event) => { unsaved ||= !!event.target.closest("fieldset, [data-answer]"); });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // 3 Answers: who answered and when is set by whoever takes the file in, not here.
  const save = one("#save");
  if (save) save.addEventListener("click", () => {
    const said = (each) => (each.querySelector(".because") || {value: ""}).value.trim();
    const asked = save.dataset;
    let file;
    if (asked.kind === "check") {
      const answers = all("[data-answer]").filter((each) => each.value.trim())
        .map((each) => ({key: each.dataset.answer, answer: each.value.trim()}));
      file = {schema_version: 1, kind: "check", audit: asked.audit, answers};
    } else {
      const answers = [];
      for (const each of all("[data-mention]")) {
        const party = each.querySelector("select").value;
        if (party) answers.push({kind: "identify", mention: each.dataset.mention, party, why: said(each)});
      }
      for (const each of all("[data-units]")) {
        if (each.querySelector("input[type=checkbox]").checked) answers.push(
          {kind: "confirm", units: each.dataset.units.split(" "), family: each.dataset.family, why: said(each)});
      }
      file = {schema_version: 1, kind: "answers", document_id: asked.document, answers};
    }
    const text = JSON.stringify(file, null, 1) + "\n";
    const copy = one("#copy");
    copy.value = text;
    copy.closest("[hidden]")?.removeAttribute("hidden");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], {type: "application/json"}));
    link.download = asked.name;
    link.click();
    unsaved = false;
    one("#saved").textContent = `${file.answers.length} answers written to ${asked.name}.`;
  });
})();
