// Keys of the queue. Every key presses a button or follows a link that is on the page; without this file the page works.
(function () {
  "use strict";
  var rows = Array.prototype.slice.call(document.querySelectorAll(".rows > li[data-id]"));
  var form = document.getElementById("banyak");
  var help = document.getElementById("tombol");
  var here = -1;

  function at(index) {
    if (!rows.length) { return; }
    if (here >= 0) { rows[here].removeAttribute("aria-current"); }
    here = Math.max(0, Math.min(rows.length - 1, index));
    rows[here].setAttribute("aria-current", "true");
    rows[here].querySelector("h2 a").focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "nearest" });
  }

  function ticks() { return rows.filter(function (row) { var t = row.querySelector("input[type=checkbox]"); return t && t.checked; }); }

  function tick() {
    var box = here >= 0 && rows[here].querySelector("input[type=checkbox]");
    if (box) { box.checked = !box.checked; }
  }

  function tickAll() {
    var boxes = rows.map(function (row) { return row.querySelector("input[type=checkbox]"); }).filter(Boolean);
    var all = boxes.every(function (box) { return box.checked; });
    boxes.forEach(function (box) { box.checked = !all; });
  }

  // What is ticked, else the row one stands on; then on to the first row that stays.
  function send(action) {
    if (!form) { return; }
    if (!ticks().length) { tick(); }
    var chosen = ticks();
    if (!chosen.length) { return; }
    var rest = rows.slice(Math.max(here, 0)).concat(rows.slice(0, Math.max(here, 0)).reverse());
    var next = rest.filter(function (row) { return chosen.indexOf(row) < 0; })[0];
    form.querySelector("[name=lanjut]").value = next ? next.dataset.id : "";
    form.action = action;
    form.submit();
  }

  function dismiss(number) {
    var reason = form && form.querySelector("option[data-key='" + number + "']");
    if (reason) { reason.selected = true; send("/konten/kesampingkan"); }
  }

  function press(key) {
    var button = document.querySelector("button[data-key='" + key + "']");
    if (button) { button.click(); return true; }
    return false;
  }

  function open(hash) {
    var link = here >= 0 && rows[here].querySelector("h2 a");
    if (link) { window.location = link.href + (hash || ""); }
  }

  var keys = {
    j: function () { at(here + 1); },
    k: function () { at(here < 0 ? 0 : here - 1); },
    o: function () { open(); },
    x: tick,
    v: function () { if (form) { send("/konten/ambil"); } else { press("v"); } },
    e: function () { send("/konten/kesampingkan"); },
    a: function () { var claim = document.getElementById("klaim"); if (claim) { claim.focus(); } else { send("/konten/isu"); } },
    u: function () { press("u"); },
    b: function () { press("b"); },
    "/": function () { var box = document.querySelector("[data-key='/']"); if (box) { box.focus(); box.select(); } },
    "?": function () { if (help) { help.showModal(); } }
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) { return; }
    var on = event.target;
    if (on.isContentEditable || /^(TEXTAREA|SELECT)$/.test(on.tagName) || (on.tagName === "INPUT" && on.type !== "checkbox")) {
      if (event.key === "Escape") { on.blur(); }
      return;
    }
    if (help && help.open) { return; }
    if (event.key === "Enter" && on.type === "checkbox" && on.form === form) {
      event.preventDefault();
      at(rows.indexOf(on.closest("li")));
      open();
      return;
    }
    if (/^[1-7]$/.test(event.key)) { dismiss(event.key); event.preventDefault(); return; }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button.help, button.all, button[data-press]");
    if (!button) { return; }
    if (button.className === "help" && help) { help.showModal(); }
    if (button.className === "all") { tickAll(); }
    if (button.dataset.press) { keys[button.dataset.press](); }
  });

  document.querySelectorAll(".keys, button.all").forEach(function (part) { part.hidden = false; });
  var start = rows.map(function (row) { return "#" + row.id; }).indexOf(window.location.hash);
  if (start >= 0) { at(start); }
}());
