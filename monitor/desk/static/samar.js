// Drags a box over a picture. Without this file two clicks make a box, and numbers can be typed.
(function () {
  "use strict";
  var canvas = document.getElementById("kanvas");
  var form = document.getElementById("samarkan");
  var start = null;
  var shade = document.createElement("div");
  if (!canvas || !form) { return; }
  shade.className = "shade";
  canvas.parentNode.appendChild(shade);
  canvas.setAttribute("draggable", "false");

  function at(event) {
    var box = canvas.getBoundingClientRect();
    return { x: Math.max(0, Math.round(event.clientX - box.left)), y: Math.max(0, Math.round(event.clientY - box.top)) };
  }

  function span(event) {
    var here = at(event);
    return { x: Math.min(start.x, here.x), y: Math.min(start.y, here.y),
      lebar: Math.abs(here.x - start.x), tinggi: Math.abs(here.y - start.y) };
  }

  canvas.addEventListener("dragstart", function (event) { event.preventDefault(); });
  canvas.addEventListener("pointerdown", function (event) {
    if (event.button === 0 && event.pointerType === "mouse") { start = at(event); canvas.setPointerCapture(event.pointerId); }
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!start) { return; }
    var box = span(event);
    shade.style.left = (canvas.offsetLeft + box.x) + "px";
    shade.style.top = (canvas.offsetTop + box.y) + "px";
    shade.style.width = box.lebar + "px";
    shade.style.height = box.tinggi + "px";
  });
  canvas.addEventListener("pointerup", function (event) {
    var box = start && span(event);
    start = null;
    if (!box || box.lebar < 6 || box.tinggi < 6) { return; }
    ["x", "y", "lebar", "tinggi"].forEach(function (name) { form.elements.namedItem(name).value = box[name]; });
    canvas.addEventListener("click", function (click) { click.preventDefault(); }, { once: true });
    document.getElementById("tambah").click();
  });
}());
