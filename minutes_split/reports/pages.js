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

  // 2 Why: the same sentences as under "Why", for whoever points at the words. Escape takes them away.
  const why = one("#why");
  if (why) {
    document.addEventListener("mouseover", (event) => {
      const unit = event.target.closest(".u");
      const note = unit && document.getElementById(`w${unit.id.slice(1)}`);
      if (!note) return;
      const copy = document.createElement("div");
      copy.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
      why.replaceChildren(copy);
      why.hidden = false;
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") why.hidden = true; });
  }

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
    one("#saved").textContent = `${file.answers.length} answers written to ${asked.name}.`;
  });
})();
