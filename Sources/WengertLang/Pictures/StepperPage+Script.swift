/// What the stepper does.
extension StepperPage {
  static let script = #"""
    "use strict";
    const D = JSON.parse(document.getElementById("data").textContent);
    const $ = id => document.getElementById(id);
    const make = (tag, text, parent, name) => {
      const node = document.createElement(tag);
      if (text) node.textContent = text;
      if (name) node.className = name;
      if (parent) parent.append(node);
      return node;
    };
    const NS = "http://www.w3.org/2000/svg";
    const draw = (tag, attributes, parent, text) => {
      const node = document.createElementNS(NS, tag);
      for (const key in attributes) node.setAttribute(key, attributes[key]);
      if (text) node.textContent = text;
      parent.append(node);
      return node;
    };
    // A step: line, lines read, name, formulas, value, total, reason.
    const [LINE, READS, NAME, FORMULAS, VALUE, TOTAL, REASON] = [0, 1, 2, 3, 4, 5, 6];
    const sweeps = {
      f: { title: "Forward sweep", steps: D.forward },
      r: { title: "Reverse sweep", steps: D.reverse }
    };
    D.tangents.forEach((t, k) => {
      sweeps["d" + k] = { title: "Forward mode, d" + t.seed + " = 1", steps: t.steps };
    });
    let sweep = D.reverse.length ? "r" : "f", at = 0, view = 0, timer = 0, hidden = false;
    // Where each entry stands: its view and its box there.
    const homes = {};
    D.views.forEach((v, k) => v.boxes.forEach((b, i) => {
      if (b[6] && b[7] < 0 && b[8] !== 2) homes[b[6]] = [k, i];
    }));
    const rows = [], lines = [];
    D.program.forEach(text => lines.push(make("li", text || " ", $("program"))));
    const table = make("table", "", $("tables"));
    const head = make("tr", "", make("thead", "", table));
    const hasDifferences = D.entries.some(e => e[3] !== null);
    ["entry", "value", "adjoint"].concat(hasDifferences ? ["difference"] : [])
      .forEach(word => make("th", word, head).scope = "col");
    const body = make("tbody", "", table);
    D.entries.forEach((entry, k) => {
      const row = make("tr", "", body);
      make("td", entry[0] + (entry[1] ? " " + entry[1] : ""), row);
      make("td", "", row, "value");
      make("td", "", row, "adjoint");
      if (hasDifferences) make("td", entry[3] === null ? "" : short(String(entry[3])), row);
      row.onclick = () => jumpTo(k + 1);
      rows.push(row);
    });
    function short(text) {
      if (text.includes("\n")) return text.split("\n")[0] + " …";
      return /^-?[\d.]+(e[-+]\d+)?$/.test(text) ? String(+(+text).toPrecision(6)) : text;
    }
    const modes = $("modes");
    for (const key in sweeps) {
      const word = { f: "forward", r: "reverse" }[key] || "d/d" + D.tangents[key[1]].seed;
      const button = make("button", word, modes);
      button.dataset.sweep = key;
      button.onclick = () => go(key, 0);
    }
    // What the table and the boxes show after a step.
    function state() {
      const values = {}, adjoints = {};
      const forward = sweep === "f" ? at + 1 : D.forward.length;
      D.forward.slice(0, forward).forEach(s => values[s[LINE]] = s[VALUE]);
      if (sweep !== "f") {
        const done = sweeps[sweep].steps.slice(0, hidden ? at : at + 1);
        done.forEach(s => adjoints[s[LINE]] = s[TOTAL] === null ? s[VALUE] : s[TOTAL]);
      }
      if (sweep === "f" && hidden) delete values[D.forward[at][LINE]];
      return [values, adjoints];
    }
    function go(key, step, keepView) {
      sweep = key;
      at = Math.max(0, Math.min(step, sweeps[key].steps.length - 1));
      hidden = $("predict").checked && isNumber(sweeps[sweep].steps[at]);
      const now = sweeps[sweep].steps[at];
      if (!keepView && now && homes[now[LINE]]) view = homes[now[LINE]][0];
      history.replaceState(null, "", "#" + sweep + at);
      show();
    }
    const isNumber = s => s && s[FORMULAS].length && !isNaN(+s[VALUE].replace("inf", "Infinity"));
    function show() {
      const steps = sweeps[sweep].steps, now = steps[at];
      $("phase").textContent = sweeps[sweep].title;
      $("count").textContent = "step " + (at + 1) + " of " + steps.length;
      $("slide").max = steps.length - 1;
      $("slide").value = at;
      for (const b of modes.children) b.setAttribute("aria-pressed", b.dataset.sweep === sweep);
      const [values, adjoints] = state();
      head.children[2].textContent = sweep[0] === "d" ? "tangent" : "adjoint";
      D.entries.forEach((entry, k) => {
        const cells = rows[k].children;
        cells[1].textContent = short(values[k + 1] || "");
        cells[2].textContent = short(adjoints[k + 1] || "");
        rows[k].className = now && now[LINE] === k + 1 ? "now" : "";
      });
      if (!now) return;
      scroll(rows[now[LINE] - 1], $("tables"));
      const line = D.entries[now[LINE] - 1] ? D.entries[now[LINE] - 1][2] : -1;
      lines.forEach((li, k) => li.className = k === line ? "now" : "");
      if (lines[line]) scroll(lines[line], $("program"));
      equation(now);
      $("reason").textContent = now[REASON];
      $("detail").textContent = "";
      graph(now, values, adjoints);
    }
    function scroll(node, box) {
      if (!node) return;
      // A row's offset is by its table, so places on the screen are compared.
      const edge = box.getBoundingClientRect().top - box.scrollTop;
      const top = node.getBoundingClientRect().top - edge;
      if (top < box.scrollTop + 30) box.scrollTop = top - 40;
      else if (top + node.offsetHeight > box.scrollTop + box.clientHeight)
        box.scrollTop = top + node.offsetHeight - box.clientHeight + 10;
    }
    function equation(now) {
      const sign = now[TOTAL] === null ? " = " : " += ";
      const parts = hidden ? now[FORMULAS].slice(0, -1) : now[FORMULAS];
      const box = $("equation");
      // Names and formulas were escaped where they were made.
      box.innerHTML = now[NAME] + sign + parts.join(" = ");
      if (hidden) {
        if (parts.length) box.append(" = ");
        const input = make("input", "", box);
        input.size = 12;
        input.setAttribute("aria-label", "your prediction");
        input.onkeydown = e => { 
          if (e.key !== "Enter") return;
          e.preventDefault();
          answer(input.value, now);
        };
        input.focus();
        return;
      }
      if (parts.length) box.append(" = ");
      box.append(valueNode(now[VALUE]));
      if (now[TOTAL] !== null) {
        box.append(",  so far ");
        box.append(valueNode(now[TOTAL]));
      }
    }
    function valueNode(text) {
      return text.includes("\n") ? make("pre", text) : make("b", text);
    }
    function answer(text, now) {
      const given = +text.replace("−", "-"), right = +now[VALUE];
      hidden = false;
      show();
      if (text.trim() === "") return;
      const near = Math.abs(given - right) <= 1e-3 * Math.max(1e-12, Math.abs(right));
      $("detail").textContent = near ? "right: " + now[VALUE] : text + " is not it: " + now[VALUE];
      $("next").focus();
    }
    function jumpTo(line) {
      const found = sweeps[sweep].steps.map(s => s[LINE]).lastIndexOf(line);
      if (found >= 0) go(sweep, found);
      describe(line);
    }
    function describe(line) {
      const entry = D.entries[line - 1];
      const readers = D.forward.filter(s => s[READS].includes(line))
        .map(s => D.entries[s[LINE] - 1][0]);
      const value = D.forward.find(s => s[LINE] === line);
      $("detail").textContent = entry[0] + (entry[1] ? ", shape " + entry[1] : "")
        + ", value " + (value ? value[VALUE] : "") + (readers.length ? ", read by "
        + [...new Set(readers)].slice(0, 12).join(", ") : ", the result");
    }
    // The graph: the boxes of one view; a group is entered.
    function graph(now, values, adjoints) {
      const V = D.views[view], stage = $("graph");
      stage.textContent = "";
      trail();
      const svg = draw("svg", {
        viewBox: `-6 -6 ${V.width + 12} ${V.height + 12}`, width: V.width + 12,
        height: V.height + 12, role: "img", "aria-label": "graph of " + (V.title || "the list")
      }, stage);
      const reads = new Set(now[READS]), line = now[LINE];
      const isNear = V.boxes.length <= 160 ? () => true : near(V, line);
      V.lines.forEach(([from, to, path]) => {
        if (!path || !isNear(from) || !isNear(to)) return;
        const [a, b] = [V.boxes[from][6], V.boxes[to][6]];
        const lit = sweep === "r" ? a === line && reads.has(b) : b === line && reads.has(a);
        draw("path", { d: path, class: "wire" + (lit ? " now" : "") }, svg);
      });
      const cut = {};
      V.lines.forEach(([from, to, path]) => {
        if (!path && isNear(to)) (cut[to] = cut[to] || []).push(V.boxes[from][4]);
      });
      for (const k in cut) {
        const box = V.boxes[k];
        draw("text", { x: box[0], y: box[1] - 4, class: "op" }, svg, "← " + cut[k].join(", "));
      }
      let focus = null;
      V.boxes.forEach((box, k) => {
        if (!isNear(k)) return;
        const [x, y, w, h, name, op, entry, inner, kind] = box;
        const isNow = entry === line && kind !== 2, g = draw("g", {
          class: "k" + kind + (isNow ? " now" : reads.has(entry) ? " read" : ""),
          transform: `translate(${x},${y})`
        }, svg);
        draw("rect", { width: w, height: h, rx: 6 }, g);
        const head = draw("text", { x: 8, y: 17 }, g);
        draw("tspan", { "font-weight": 600 }, head, name);
        if (op) draw("tspan", { class: "op", dx: 6 }, head, op);
        if (kind === 2) return;
        if (inner >= 0) {
          draw("text", { x: 8, y: 34, class: "op" }, g, "enter");
          g.setAttribute("tabindex", 0);
          g.setAttribute("role", "button");
          g.setAttribute("aria-label", "enter " + name);
          g.onclick = () => enter(inner);
          g.onkeydown = e => { if (e.key === "Enter") { e.stopPropagation(); enter(inner); } };
        } else {
          g.onclick = () => jumpTo(entry);
        }
        const shown = (text, mark) => text === undefined ? "" : mark + clip(short(text), w);
        if (inner < 0) draw("text", { x: 8, y: 34, class: "v" }, g, shown(values[entry], "= "));
        draw("text", { x: 8, y: 50, class: "a" }, g,
          shown(adjoints[entry], sweep[0] === "d" ? "d " : "a "));
        if (isNow) focus = box;
      });
      if (focus) {
        const s = $("stage");
        s.scrollTo(focus[0] + focus[2] / 2 - s.clientWidth / 2,
          focus[1] + focus[3] / 2 - s.clientHeight / 2);
      }
      if (V.boxes.length > 160) map(V, focus);
    }
    const clip = (text, w) =>
      text.length * 6.6 > w - 22 ? text.slice(0, (w - 30) / 6.6) + "…" : text;
    // Of a large view: the boxes up to two lines away from the step's.
    function near(V, line) {
      const kept = new Set();
      V.boxes.forEach((b, k) => { if (b[6] === line) kept.add(k); });
      if (!kept.size) kept.add(0);
      for (let round = 0; round < 2; round++) {
        const grown = [...kept];
        V.lines.forEach(([a, b]) => {
          if (grown.includes(a)) kept.add(b);
          if (grown.includes(b)) kept.add(a);
        });
      }
      // And what fits on the screen around the step.
      const here = V.boxes[[...kept][0]];
      V.boxes.forEach((b, k) => {
        if (Math.abs(b[0] - here[0]) < 900 && Math.abs(b[1] - here[1]) < 500) kept.add(k);
      });
      return k => kept.has(k);
    }
    // A small map of a large view: where the step is.
    function map(V, focus) {
      const scale = 150 / Math.max(V.width, V.height);
      const svg = draw("svg", {
        width: V.width * scale + 8, height: V.height * scale + 8, class: "map",
        "aria-label": "where the step is"
      }, $("path"));
      V.boxes.forEach(b => draw("rect", {
        x: b[0] * scale, y: b[1] * scale, width: Math.max(1, b[2] * scale),
        height: Math.max(1, b[3] * scale)
      }, svg));
      if (focus) draw("circle", {
        cx: focus[0] * scale + 2, cy: focus[1] * scale + 2, r: 4, fill: "var(--adjoint)"
      }, svg);
    }
    function trail() {
      const box = $("path"), steps = [];
      box.textContent = "";
      for (let k = view; k >= 0; k = D.views[k].parent) steps.unshift(k);
      if (steps.length < 2) return;
      steps.forEach((k, i) => {
        if (i) box.append(" › ");
        const button = make("button", D.views[k].title || "the list", box);
        button.onclick = () => enter(k);
      });
    }
    function enter(k) {
      if (k < 0) return;
      view = k;
      show();
    }
    function play() {
      clearInterval(timer);
      const playing = $("play").textContent === "stop";
      $("play").textContent = playing ? "play" : "stop";
      timer = playing ? 0 : setInterval(() => {
        if (at + 1 < sweeps[sweep].steps.length) go(sweep, at + 1);
        else play();
      }, 900);
    }
    function nextInput() {
      const next = sweep[0] === "d" ? "d" + (+sweep.slice(1) + 1) : "d0";
      if (sweeps.d0) go(sweeps[next] ? next : "d0", 0);
    }
    const keys = {
      ArrowRight: () => go(sweep, at + 1), ArrowLeft: () => go(sweep, at - 1),
      Home: () => go(sweep, 0), End: () => go(sweep, 1e9), " ": play,
      f: () => go("f", 0), r: () => go("r", 0), d: nextInput,
      p: () => $("predict").click(), Escape: () => enter(D.views[view].parent)
    };
    document.addEventListener("keydown", e => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const isField = e.target.tagName === "INPUT" && e.target.type === "text";
      if (isField && e.key !== "Escape") return;
      if (e.key === " " && e.target.tagName === "BUTTON") return;
      if (e.target.id === "slide" && e.key.startsWith("Arrow")) e.preventDefault();
      if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
    });
    $("first").onclick = keys.Home;
    $("back").onclick = keys.ArrowLeft;
    $("next").onclick = keys.ArrowRight;
    $("last").onclick = keys.End;
    $("play").onclick = play;
    $("slide").oninput = e => go(sweep, +e.target.value);
    $("predict").onchange = () => go(sweep, at);
    function follow() {
      const found = /^#(f|r|d\d+?)(\d+)$/.exec(location.hash);
      if (found && sweeps[found[1]]) go(found[1], +found[2]);
      else go(sweep, 0);
    }
    window.addEventListener("hashchange", follow);
    follow();
    """#
}
