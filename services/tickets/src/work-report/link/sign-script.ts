/**
 * Draws the signature: pointer moves become the path of an SVG, which the form sends. It is a text, because the page's policy
 * names its hash. A path longer than 12,000 characters would not fit a form.
 */
export const SIGN_SCRIPT = `(function () {
  var pad = document.getElementById('pad'), path = pad.querySelector('path'), field = document.getElementById('path');
  var drawn = '', down = false, most = 12000;
  function show() { path.setAttribute('d', drawn); field.value = drawn; }
  function point(event) {
    var box = pad.getBoundingClientRect();
    var x = Math.round((event.clientX - box.left) * 600 / box.width), y = Math.round((event.clientY - box.top) * 200 / box.height);
    return Math.max(0, Math.min(600, x)) + ' ' + Math.max(0, Math.min(200, y));
  }
  pad.addEventListener('pointerdown', function (event) {
    if (drawn.length > most) return;
    down = true; pad.setPointerCapture(event.pointerId);
    var at = point(event); drawn += 'M' + at + 'L' + at; show(); event.preventDefault();
  });
  pad.addEventListener('pointermove', function (event) {
    if (!down || drawn.length > most) return;
    drawn += 'L' + point(event); show(); event.preventDefault();
  });
  ['pointerup', 'pointercancel'].forEach(function (name) { pad.addEventListener(name, function () { down = false; }); });
  document.getElementById('clear').addEventListener('click', function () { drawn = ''; show(); });
  document.getElementById('sign').hidden = false;
})();`;
