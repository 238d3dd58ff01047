/* Light or dark, as the reader chose; as the system has it, until then and once both agree. */
const scheme = () => {
  const button = one("button.scheme");
  if (button) button.hidden = false;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen;
  const isDark = () => (chosen ? chosen === "dark" : system.matches);

  const show = () => {
    if (chosen) html.dataset.scheme = chosen;
    else delete html.dataset.scheme;
    if (button) button.ariaPressed = isDark();
  };
  const read = () => {
    chosen = ["light", "dark"].find((value) => value === kept("scheme"));
    show();
  };

  button?.addEventListener("click", () => {
    chosen = isDark() === system.matches ? (isDark() ? "light" : "dark") : null;
    keep("scheme", chosen);
    show();
  });
  system.addEventListener("change", show);
  addEventListener("pageshow", (event) => event.persisted && read()); // chosen on another page since
  read();
};
