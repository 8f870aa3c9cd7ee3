// Sort tables, move over maps with the arrows, open what is folded when it is asked for.
(function () {
  "use strict";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  // --- tables: a button in each header; unknown values stay last either way

  function measure(text) {
    var plain = text.replace(/[\u00a0\u202f\s]/g, "").replace("\u2212", "-").replace(",", ".");
    return parseFloat(plain);
  }

  function compare(isNumber, sign) {
    return function (one, other) {
      if (!isNumber) {
        return sign * one.text.localeCompare(other.text, "fr", { numeric: true });
      }
      var a = measure(one.text), b = measure(other.text);
      if (isNaN(a) || isNaN(b)) { return isNaN(a) - isNaN(b); }
      return sign * (a - b);
    };
  }

  function sort(table, headers, place) {
    var header = headers[place], body = table.tBodies[0];
    var isUp = header.getAttribute("aria-sort") !== "ascending";
    var rows = Array.prototype.map.call(body.rows, function (row) {
      return { row: row, text: row.cells[place].textContent.trim() };
    });
    rows.sort(compare(header.classList.contains("nombre"), isUp ? 1 : -1));
    rows.forEach(function (entry) { body.appendChild(entry.row); });
    headers.forEach(function (other) { other.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  }

  all("table").forEach(function (table) {
    var headers = all("thead th", table);
    if (table.tBodies[0].rows.length < 3) { return; }
    headers.forEach(function (header, place) {
      var button = document.createElement("button");
      button.type = "button";
      while (header.firstChild) { button.appendChild(header.firstChild); }
      button.addEventListener("click", function () { sort(table, headers, place); });
      header.appendChild(button);
    });
  });

  // A table that fits its box is no stop of the keyboard; one that does not says that it scrolls.
  function stops() {
    all(".defile").forEach(function (box) {
      var isWide = box.scrollWidth > box.clientWidth;
      box.tabIndex = isWide ? 0 : -1;
      box.classList.toggle("deborde", isWide);
    });
  }

  stops();
  window.addEventListener("resize", stops);
  all("details").forEach(function (one) { one.addEventListener("toggle", stops); });

  // --- maps

  var WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function centre(link) {
    if (!link.centre) {
      var box = link.getBBox();
      link.centre = [box.x + box.width / 2, box.y + box.height / 2];
    }
    return link.centre;
  }

  // The nearest commune in a direction: straight ahead first, at most 50 degrees aside.
  function towards(links, from, way) {
    var start = centre(from), best = null, least = Infinity;
    links.forEach(function (link) {
      var across = centre(link)[0] - start[0], down = centre(link)[1] - start[1];
      var ahead = across * way[0] + down * way[1];
      var aside = Math.abs(across * way[1] - down * way[0]);
      if (link !== from && ahead > 0 && aside <= 1.2 * ahead && ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        best = link;
      }
    });
    return best;
  }

  function ring(svg, group) {
    var holder = document.createElementNS(svg.namespaceURI, "g");
    holder.setAttribute("class", "anneau");
    holder.setAttribute("transform", group.getAttribute("transform"));
    var lines = ["dessous", "dessus"].map(function (name) {
      var path = document.createElementNS(svg.namespaceURI, "path");
      path.setAttribute("class", name);
      return holder.appendChild(path);
    });
    svg.appendChild(holder);
    return lines;
  }

  all("figure.carte").forEach(function (figure) {
    var svg = figure.querySelector("svg"), readout = figure.querySelector(".lecture");
    var links = all("a", svg), lines = ring(svg, svg.querySelector(".communes"));
    var current = links.filter(function (link) { return link.getAttribute("tabindex") === "0"; })[0];

    var shown = null, offered = null;

    function show(link) {
      if (link === shown) { return; }
      var data = link.querySelector("path").getAttribute("d");
      lines.forEach(function (path) { path.setAttribute("d", data); });
      readout.textContent = link.getAttribute("aria-label");
      if (link === offered) { offer(link); }
      shown = link;
    }

    function offer(link) {
      var way = document.createElement("a");
      way.href = link.getAttribute("href");
      way.textContent = "voir sa ligne";
      readout.appendChild(document.createTextNode(" \u2014 "));
      readout.appendChild(way);
    }

    function choose(link) {
      current.setAttribute("tabindex", "-1");
      link.setAttribute("tabindex", "0");
      current = link;
    }

    function rest() {
      lines.forEach(function (path) { path.removeAttribute("d"); });
      readout.textContent = readout.getAttribute("data-invite");
      shown = null;
    }

    links.forEach(function (link) {
      link.addEventListener("mouseenter", function () { show(link); });
      link.addEventListener("focus", function () { choose(link); show(link); });
      // A finger or a mouse reads the commune first; the way to its row is then under the map.
      link.addEventListener("click", function (event) {
        if (event.detail === 0) { return; }
        event.preventDefault();
        offered = link;
        shown = null;
        link.focus();
        show(link);
      });
      link.addEventListener("keydown", function (event) {
        var way = WAYS[event.key], next = way && towards(links, link, way);
        if (way) { event.preventDefault(); }
        if (next) { next.focus(); }
      });
    });
    svg.addEventListener("mouseleave", function () {
      if (svg.contains(document.activeElement)) { show(document.activeElement); } else { rest(); }
    });
    rest();
  });

  // --- what is folded

  function reach() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (var up = target; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") { up.open = true; }
    }
    stops();
    target.scrollIntoView({ block: target.tagName === "TR" ? "center" : "start" });
    if (target.hasAttribute("tabindex")) { target.focus({ preventScroll: true }); }
  }

  window.addEventListener("hashchange", reach);
  if (location.hash) { reach(); }

  window.addEventListener("beforeprint", function () {
    all("details:not([open]):not(.plus)").forEach(function (one) { one.open = true; one.isPrinting = true; });
  });
  window.addEventListener("afterprint", function () {
    all("details[open]").forEach(function (one) { if (one.isPrinting) { one.open = false; } });
  });

  all(".sommaire-telephone a").forEach(function (link) {
    link.addEventListener("click", function () {
      document.querySelector(".sommaire-telephone details").open = false;
    });
  });
})();
