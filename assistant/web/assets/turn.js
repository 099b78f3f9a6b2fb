// One turn of the conversation: the question, the steps, the answer as it streams in, what can be done with it.

import {Chart} from "/assets/charts.js"
import {button, fill, make} from "/assets/dom.js"
import {Note} from "/assets/notes.js"
import {lively} from "/assets/tables.js"

function scroller(node) {
  for (let up = node; up; up = up.parentNode ?? up.host) {
    if (up instanceof Element && /auto|scroll/.test(getComputedStyle(up).overflowY)) { return up }
  }
  return document.scrollingElement
}

const SETTLE = 1500 // milliseconds after which the page around a new turn stands still
const SCROLLS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"])
let leading = null
let roomy = null // the turn that fills the view so that its question can stand at the top

export class Turn {
  constructor(model, el) {
    this.model = model
    this.root = make("article", "turn")
    this.question = make("div", "question")
    this.steps = make("div", "steps")
    this.body = make("div", "prose")
    this.body.setAttribute("aria-live", "polite")
    this.notices = make("div", "notices")
    this.actions = make("div", "actions")
    this.next = make("div", "next")
    this.root.append(this.question, this.steps, this.body, this.notices, this.actions, this.next)
    this.shown = []
    this.charts = new Map()
    this.began = performance.now()
    new Note(this.root, this)
    el.append(this.root)
    this.all()
    model.on("blocks", () => this.write())
    model.on(["steps", "status"], () => { this.progress(); this.end() })
    model.on(["notices", "problem"], () => this.tell())
    model.on(["suggestions", "audit", "markdown", "answer"], () => this.end())
    model.on("words", () => this.all())
    model.on("language", () => this.charts.forEach((chart) => chart.draw()))
    model.on("remove", () => { clearInterval(this.clock); this.charts.forEach((chart) => chart.remove()) })
    if (model.status === "running") { this.clock = setInterval(() => this.tick(), 100) }
    if (model.fresh) { this.lead() } // even where its answer is there at once
  }

  all() {
    this.question.replaceChildren(make("p", "", this.model.question))
    this.write()
    this.progress()
    this.tell()
    this.end()
  }

  // A new question goes to the top of the view and is held there while its answer comes in and the page settles (turns
  // above are laid out anew when one is added, and their charts grow), until the reader scrolls: then nothing moves.
  lead() {
    const release = new AbortController()
    leading?.abort() // the turn before may still be held
    leading = release
    if (roomy) { roomy.style.minHeight = "" }
    roomy = this.root
    const letGo = () => {
      release.abort()
      this.model.fresh = false
    }
    const options = {capture: true, passive: true, signal: release.signal}
    for (const kind of ["wheel", "touchmove", "pointerdown"]) { addEventListener(kind, letGo, options) }
    addEventListener("keydown", (event) => { if (SCROLLS.has(event.key)) { letGo() } }, options)
    this.model.on("remove", () => release.abort())
    const hold = () => {
      if (release.signal.aborted) { return }
      const settled = this.model.status !== "running" && performance.now() - this.began > SETTLE
      if (!this.top() || settled) { letGo() } else { requestAnimationFrame(hold) }
    }
    requestAnimationFrame(hold)
  }

  // Put the question at the top of the view; a turn that does not stand on the page yet has no view. False where
  // something else has scrolled a view that is as high as it was: find-in-page, a screen reader, a scrollbar.
  top() {
    const view = this.root.isConnected && scroller(this.root)
    if (!view) { return true }
    const held = this.held
    const laid = performance.now() - this.began > (this.model.status === "running" ? SETTLE : SETTLE / 5)
    if (laid && held && held.height === view.scrollHeight && Math.abs(held.top - view.scrollTop) > 1) { return false }
    const height = `${Math.max(0, view.clientHeight - 40)}px`
    if (this.root.style.minHeight !== height) { this.root.style.minHeight = height }
    const gap = this.root.getBoundingClientRect().top - view.getBoundingClientRect().top - 12
    if (Math.abs(gap) > 1) { view.scrollTop += gap }
    this.held = {top: view.scrollTop, height: view.scrollHeight}
    return true
  }

  // Blocks that stand as they stood keep their nodes: open folds, sorted tables and drawn charts survive the stream.
  write() {
    const blocks = this.model.blocks
    let same = 0
    while (same < blocks.length && same < this.shown.length && blocks[same] === this.shown[same]) { same++ }
    while (this.body.children.length > same) { this.drop(this.body.lastElementChild) }
    for (const html of blocks.slice(same)) {
      const node = make("div", "block")
      node.innerHTML = html
      node.querySelectorAll(".table").forEach(lively)
      node.querySelectorAll("figure.chart").forEach((figure) => {
        this.charts.set(figure, new Chart(figure, this))
      })
      this.body.append(node)
    }
    this.shown = [...blocks]
  }

  drop(node) {
    node.querySelectorAll("figure.chart").forEach((figure) => {
      this.charts.get(figure)?.remove()
      this.charts.delete(figure)
    })
    node.remove()
  }

  progress() {
    const {steps, status, words} = this.model
    const running = status === "running"
    const list = make("ol")
    for (const step of steps) {
      const item = make("li", step.status)
      item.append(make("i"), make("span", "", step.title))
      if (step.status === "running") {
        item.append(make("time", "live"))
      } else {
        const said = {no_data: words.stepNoData, error: words.stepFailed}[step.status]
        item.append(make("time", "", `${said ? `${said} · ` : ""}${(step.seconds ?? 0).toFixed(2)} s`))
      }
      list.append(item)
    }
    if (running && !steps.some((step) => step.status === "running") && !this.model.blocks.length) {
      const item = make("li", "running")
      item.append(make("i"), make("span", "", words.working), make("time", "live"))
      list.append(item)
    }
    if (!running) {
      clearInterval(this.clock)
      const wasOpen = this.steps.querySelector("details")?.open
      const folded = make("details")
      const seconds = steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0).toFixed(2)
      folded.open = Boolean(wasOpen)
      folded.append(make("summary", "", fill(words.stepsDone, {count: steps.length, seconds})), list)
      this.steps.replaceChildren(...(steps.length ? [folded] : []))
    } else {
      if (this.count !== steps.length) { this.since = performance.now(); this.count = steps.length }
      this.steps.replaceChildren(list)
      this.tick()
    }
  }

  tick() {
    const seconds = ((performance.now() - (this.since ?? this.began)) / 1000).toFixed(1)
    this.steps.querySelectorAll("time.live").forEach((time) => { time.textContent = `${seconds} s` })
  }

  tell() {
    const {notices, problem} = this.model
    this.notices.replaceChildren(...notices.map((text) => make("p", "notice", text)))
    if (problem) {
      const error = make("p", "problem", problem)
      error.setAttribute("role", "alert")
      this.notices.append(error)
    }
  }

  end() {
    const {words, status, answer, audit, markdown, suggestions} = this.model
    const done = status !== "running"
    this.root.dataset.status = status
    this.root.setAttribute("aria-busy", String(!done))
    this.actions.replaceChildren()
    this.next.replaceChildren()
    if (!done) { return }
    if (answer) {
      const evidence = button("evidence", words.evidence, () => this.model.send_msg({type: "evidence"}))
      if (audit) { evidence.append(make("span", audit.supported === audit.figures ? "clean" : "flawed", fill(words.audit, audit))) }
      this.actions.append(evidence)
    }
    if (markdown) {
      const copy = button("quiet", words.copy, async () => {
        copy.textContent = (await toClipboard(markdown)) ? words.copied : words.copy
        setTimeout(() => { copy.textContent = words.copy }, 1600)
      })
      this.actions.append(copy, button("quiet", words.download, () => saveFile(`tanlu-${answer}.md`, markdown)))
    }
    if (suggestions.length) {
      this.next.append(make("span", "label", words.next))
      suggestions.forEach((text) => this.next.append(
        button("chip", text, () => this.model.send_msg({type: "ask", text}))))
    }
  }
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function saveFile(name, text) {
  const link = make("a")
  link.href = URL.createObjectURL(new Blob([text], {type: "text/markdown;charset=utf-8"}))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
