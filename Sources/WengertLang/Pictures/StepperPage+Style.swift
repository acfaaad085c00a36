/// How the stepper looks.
extension StepperPage {
  static let style = """
    :root{color-scheme:light dark;--ground:#fff;--ink:#1f2933;--faint:#66727f;--rim:#d5dbe2;\
    --panel:#f6f8fa;--value:#0a5fa8;--adjoint:#b3401a;--tangent:#7a5c00;--now:#fff3d6;\
    --input:#eef4e6;--read:#e3effa}
    @media (prefers-color-scheme:dark){:root{--ground:#12171e;--ink:#dbe2ea;--faint:#8b97a5;\
    --rim:#34404d;--panel:#1a2129;--value:#7cc4ff;--adjoint:#ffa07a;--tangent:#e6c75a;\
    --now:#3a2f1a;--input:#233022;--read:#1d3042}}
    *{box-sizing:border-box}
    body{margin:0;height:100vh;display:grid;grid-template:auto auto minmax(0,1fr) auto/\
    minmax(0,1fr);font:15px/1.45 system-ui,"Segoe UI","DejaVu Sans",sans-serif;\
    background:var(--ground);color:var(--ink)}
    header,nav,footer{padding:.5rem 1rem;border-bottom:1px solid var(--rim)}
    header{display:flex;gap:.4rem 1rem;align-items:center;flex-wrap:wrap}
    h1{font-size:1rem;margin:0;font-weight:600}
    nav{display:flex;gap:.4rem;align-items:center;flex-wrap:wrap}
    button,select,input{font:inherit;color:inherit;background:var(--panel);border:1px solid \
    var(--rim);border-radius:.4rem;padding:.15rem .6rem}
    button{cursor:pointer}button[aria-pressed=true]{background:var(--now);font-weight:600}
    :focus-visible{outline:2px solid var(--value);outline-offset:1px}
    #slide{flex:1;min-width:8rem;padding:0}
    main{display:grid;grid-template-columns:minmax(17rem,30%) minmax(0,1fr);min-height:0}
    aside{display:grid;grid-template-rows:minmax(3rem,auto) minmax(0,1fr);min-height:0;\
    border-right:1px solid var(--rim)}
    #program{margin:0;padding:.5rem 0;overflow:auto;max-height:38vh;font:13px/1.5 ui-monospace,\
    Menlo,Consolas,"DejaVu Sans Mono",monospace;border-bottom:1px solid var(--rim);counter-reset:n}
    #program li{list-style:none;padding:0 1rem 0 3rem;white-space:pre;counter-increment:n;\
    position:relative}
    #program{padding-left:0}
    #program li::before{content:counter(n);position:absolute;left:0;width:2.2rem;\
    text-align:right;color:var(--faint)}
    #program li.now,tr.now{background:var(--now)}#program li.now{box-shadow:inset 4px 0 \
    var(--adjoint)}
    #tables{overflow:auto}
    table{border-collapse:collapse;width:100%;font-size:13px}
    th{position:sticky;top:0;background:var(--ground);text-align:left;font-weight:600;\
    white-space:nowrap}
    th,td{padding:.15rem .6rem;border-bottom:1px solid var(--rim);vertical-align:top}
    td{white-space:pre;max-width:9.5rem;overflow:hidden;text-overflow:ellipsis;\
    font-variant-numeric:tabular-nums}
    tr.now td:first-child{font-weight:700}
    tr{cursor:pointer}
    .value{color:var(--value)}.adjoint{color:var(--adjoint)}.tangent{color:var(--tangent)}
    i{font-style:normal}
    #stage{position:relative;min-height:0;overflow:auto;padding:.6rem}
    #path{position:sticky;left:0;top:-.6rem;font-size:13px;min-height:1.6rem;z-index:1}
    .map{float:right;background:var(--ground);border:1px solid var(--rim);border-radius:.4rem}
    #path button{padding:0 .5rem}
    svg text{font-size:13px;fill:var(--ink)}
    svg .op{fill:var(--faint);font-size:12px}
    svg .v{fill:var(--value);font-size:12px}svg .a{fill:var(--adjoint);font-size:12px}
    rect{fill:var(--panel);stroke:var(--rim)}
    .k0 rect,.k2 rect{fill:var(--input)}
    .k3 rect{stroke-dasharray:5 3;cursor:pointer;stroke:var(--faint)}
    .read rect{fill:var(--read);stroke:var(--value);stroke-width:2}
    .now rect{fill:var(--now);stroke:var(--adjoint);stroke-width:3}
    .wire{fill:none;stroke:var(--faint);stroke-width:1.3}
    .wire.now{stroke:var(--adjoint);stroke-width:4}
    footer{border-top:1px solid var(--rim);border-bottom:0;min-height:6.6rem;max-height:34vh;\
    overflow:auto}
    #equation{font-size:1.15rem;white-space:pre-wrap;overflow-wrap:anywhere}
    #equation pre{display:inline-block;margin:0 .2rem;vertical-align:middle;font:13px/1.4 \
    ui-monospace,Menlo,Consolas,monospace}
    #reason,#detail{color:var(--faint);font-size:13px;min-height:1.3em}
    @media (max-width:760px){main{grid-template-columns:1fr}aside{display:none}}
    @media print{body{display:block;height:auto}nav,#stage,aside{display:none}}
    """

  static let body = """
    <body><header><h1 id="phase"></h1><span id="modes" role="group" aria-label="Sweep"></span>
    <label><input type="checkbox" id="predict"> predict first</label>
    <span id="check"></span></header>
    <nav aria-label="Steps"><button id="first" title="Home">|&lt;</button>
    <button id="back" title="Left">&lt;</button><button id="play" title="Space">play</button>
    <button id="next" title="Right">&gt;</button><button id="last" title="End">&gt;|</button>
    <input type="range" id="slide" min="0" value="0" aria-label="Step">
    <span id="count"></span></nav>
    <main><aside><ol id="program" aria-label="Program"></ol><div id="tables"></div></aside>
    <section id="stage" aria-label="Graph"><div id="path"></div><div id="graph"></div></section>
    </main><footer><div id="equation" aria-live="polite"></div><div id="reason"></div>
    <div id="detail" aria-live="polite"></div></footer>
    """
}
