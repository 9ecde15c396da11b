// Copies a text that stands on the page. Without this file the text can be selected and copied by hand.
(function () {
  "use strict";

  function byHand(box) {
    box.focus();
    box.select();
    try { return document.execCommand("copy"); } catch (error) { return false; }
  }

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var box = document.getElementById(button.dataset.copy);
    var told = document.createElement("span");
    if (!box) { return; }
    told.setAttribute("role", "status");
    told.className = "small soft";
    button.after(told);
    button.hidden = false;

    function tell(done) { told.textContent = done ? button.dataset.done : button.dataset.failed; }

    button.addEventListener("click", function () {
      if (!navigator.clipboard) { tell(byHand(box)); return; }
      navigator.clipboard.writeText(box.value).then(function () { tell(true); }, function () { tell(byHand(box)); });
    });
  });
}());
