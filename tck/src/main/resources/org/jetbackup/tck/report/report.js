// Filters, "open all", copy buttons, and opening the clause that the address points to. Everything
// can be read without this script; the buttons appear only with it.
(() => {
  document.documentElement.classList.add("js");
  const all = (selector) => [...document.querySelectorAll(selector)];

  const filters = all("[data-filter]");
  const show = (wanted) => {
    filters.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.filter === wanted)));
    all("tr[data-outcome]").forEach((row) => {
      row.hidden = wanted !== "all" && row.dataset.outcome !== wanted;
    });
    all(".chapter").forEach((chapter) => {
      chapter.hidden = !chapter.querySelector("tr[data-outcome]:not([hidden])");
    });
  };
  filters.forEach((button) => button.addEventListener("click", () => show(button.dataset.filter)));

  const unfold = document.getElementById("unfold");
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    unfold.textContent = open ? "Close all" : "Open all";
    all(".clauses td.rule > details").forEach((details) => (details.open = open));
  });

  all("[data-copy]").forEach((button) =>
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = "Copied";
      } catch (refused) {
        getSelection().selectAllChildren(button.previousElementSibling);
        button.textContent = "Selected";
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    })
  );

  const open = () => {
    const row = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row && row.dataset.outcome) {
      if (row.hidden) show("all");
      row.querySelector("details").open = true;
      row.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  open();
})();
