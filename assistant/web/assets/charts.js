// A chart in an answer: drawn when it comes near the view, again when theme or language change.

import {button, make, theme} from "/assets/dom.js"

let plotly
function loadPlotly(source) {
  plotly ??= new Promise((done, fail) => {
    const script = document.createElement("script")
    script.src = source
    script.onload = () => done(window.Plotly)
    script.onerror = () => { plotly = undefined; fail(new Error("plotly")) }
    document.head.append(script)
  })
  return plotly
}

// plotly.js puts its rules into the document's head, where they do not reach into a shadow root.
function lendStyles(root) {
  const rules = document.getElementById("plotly.js-style-global")?.sheet?.cssRules
  if (!(root instanceof ShadowRoot) || root.plotlyStyled || !rules) { return }
  const sheet = new CSSStyleSheet()
  for (const rule of rules) { sheet.insertRule(rule.cssText, sheet.cssRules.length) }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  root.plotlyStyled = true
}

const drawn = new Set()
new MutationObserver(() => drawn.forEach((chart) => chart.draw()))
  .observe(document.documentElement, {attributes: true, attributeFilter: ["data-theme"]})

export class Chart {
  constructor(figure, turn) {
    this.figure = figure
    this.turn = turn
    this.plot = make("div", "plot")
    this.head = make("figcaption")
    figure.replaceChildren(this.head, this.plot)
    this.watch = new IntersectionObserver((seen) => {
      if (seen.some((s) => s.isIntersecting)) { this.watch.disconnect(); this.shown = true; this.draw() }
    }, {rootMargin: "600px"})
    this.watch.observe(figure)
    this.size = new ResizeObserver(() => this.fit())
    this.size.observe(this.plot)
    drawn.add(this)
  }

  remove() {
    this.watch.disconnect()
    this.size.disconnect()
    drawn.delete(this)
    if (this.shown && window.Plotly) { window.Plotly.purge(this.plot) }
  }

  fit() {
    const width = this.room()
    if (this.ready && this.plot.clientWidth > 0 && width !== this.width) {
      this.width = width
      window.Plotly.relayout(this.plot, {width})
    }
  }

  // A chart that cannot be read below some width keeps it, and is moved sideways on a narrow screen.
  room() { return Math.max(this.plot.clientWidth, this.least || 0) }

  async draw() {
    const {model} = this.turn
    const id = this.figure.dataset.chart
    if (!this.shown || !model.charts) { return }
    const asked = `${model.charts}/${id}.json?language=${model.language}&theme=${theme()}`
    if (asked === this.asked) { return }
    this.asked = asked
    try {
      const [library, reply] = await Promise.all([loadPlotly(model.plotly), fetch(asked)])
      if (!reply.ok) { throw new Error(reply.status) }
      const whole = await reply.json()
      if (asked !== this.asked) { return }
      this.caption(whole, id)
      const {title, ...layout} = whole.layout
      this.least = layout.meta.least_width
      const head = layout.margin.t
      const top = (layout.annotations || []).some((a) => a.yref === "paper" && a.y >= 1) ? 26 : 10
      Object.assign(layout, {
        height: layout.height - head + top, margin: {...layout.margin, t: top}, autosize: false,
        width: this.room() || undefined, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor:
          layout.plot_bgcolor === layout.paper_bgcolor ? "rgba(0,0,0,0)" : layout.plot_bgcolor,
      })
      this.width = this.room()
      lendStyles(this.plot.getRootNode())
      await library.react(this.plot, whole.data, layout, {displayModeBar: false, responsive: false, scrollZoom: false})
      this.ready = true
      this.figure.dataset.state = "drawn"
    } catch (error) {
      this.asked = undefined
      this.figure.dataset.state = "failed"
      this.plot.replaceChildren(make("p", "aside", model.words.chartFailed))
    }
  }

  caption(whole, id) {
    const {words, answer} = this.turn.model
    const {title, subtitle} = whole.layout.meta
    const save = button("quiet", "PNG", () => window.Plotly.downloadImage(
      {data: whole.data, layout: {...whole.layout, width: 1000}},
      {format: "png", scale: 2, width: 1000, height: whole.layout.height, filename: `tanlu-${id}`}))
    save.title = words.png
    const text = make("div")
    text.append(make("strong", "", title))
    if (subtitle) { text.append(make("span", "", subtitle)) }
    this.head.replaceChildren(text, save)
    if (answer) {
      const alone = make("a", "quiet", "↗")
      alone.href = `/api/answers/${answer}/charts/${id}.html`
      alone.target = "_blank"
      alone.title = words.open
      this.head.append(alone)
    }
  }
}
