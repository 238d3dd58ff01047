/* The notes, on or off, as the reader left them. */
const margin = () => {
  const sum = essay && one(".sum", essay);
  if (!sum || !one(".notes", essay)) return;
  let off = kept("notes") === "off";
  const show = () => {
    html.classList.toggle("no-notes", off);
    button.ariaChecked = !off;
  };
  const toggle = () => {
    off = !off;
    keep("notes", off ? "off" : null);
    show();
  };
  const button = press("Notes", toggle, { class: "margin", role: "switch" });
  sum.append(button);
  show();
};
