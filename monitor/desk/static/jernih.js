// Keys of the queue. Every key presses a button or follows a link that is on the page; without this file the page works.
(function () {
  "use strict";
  var rows = Array.prototype.slice.call(document.querySelectorAll(".rows > li[data-id]"));
  var form = document.getElementById("banyak");
  var help = document.getElementById("tombol");
  var way = document.querySelector("a[data-list]");
  var aside = document.getElementById("sisih");
  var following = document.querySelector(".pages a[rel=next]");
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
    // Nothing is chosen yet: the first row is shown, and the next press acts on it.
    if (here < 0 && !ticks().length) { at(0); return; }
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
    var on = form || aside;
    var reason = on && on.querySelector("option[data-key='" + number + "']");
    if (!reason) { return; }
    reason.selected = true;
    if (form) { send("/konten/kesampingkan"); } else { aside.submit(); }
  }

  // The list that one came from, as this tab remembers it: its filters and its konten in order.
  function remembered() {
    try { return JSON.parse(sessionStorage.getItem("daftar")) || {}; } catch (error) { return {}; }
  }

  function listed() {
    var list = remembered();
    var index = list.ids ? list.ids.indexOf(way.dataset.list) : -1;
    if (index < 0) { way.parentNode.querySelector(".keys").hidden = true; return; }
    way.href = "/?" + list.query + "#k" + way.dataset.list;
    if (aside) {
      aside.querySelector("[name=daftar]").value = list.query;
      aside.querySelector("[name=lanjut]").value = list.ids[index + 1] || list.ids[index - 1] || "";
    }
  }

  function go(step) {
    var ids = remembered().ids || [];
    var index = ids.indexOf(way.dataset.list);
    if (index >= 0 && ids[index + step]) { window.location = "/konten/" + ids[index + step]; } else { way.click(); }
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
    j: function () { if (way) { go(1); } else if (here === rows.length - 1 && following) { following.click(); } else { at(here + 1); } },
    k: function () { if (way) { go(-1); } else { at(here < 0 ? 0 : here - 1); } },
    o: function () { if (way) { way.click(); } else { open(); } },
    x: tick,
    v: function () { if (form) { send("/konten/ambil"); } else { press("v"); } },
    e: function () { if (aside && !form) { aside.requestSubmit(); } else { send("/konten/kesampingkan"); } },
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
  if (form && rows.length) {
    var ids = rows.map(function (row) { return row.dataset.id; });
    try { sessionStorage.setItem("daftar", JSON.stringify({ query: form.querySelector("[name=daftar]").value, ids: ids })); } catch (error) { /* a full or barred store */ }
  }
  if (way) { listed(); }
  var start = rows.map(function (row) { return "#" + row.id; }).indexOf(window.location.hash);
  if (start >= 0) { at(start); }
}());
