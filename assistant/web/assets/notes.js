// The note beside a mark: what the figure or clause is, on hovering, focus or a tap.

import {make} from "/assets/dom.js"

export class Note {
  constructor(root, turn) {
    this.turn = turn
    this.box = make("div", "note")
    this.box.setAttribute("role", "tooltip")
    this.box.hidden = true
    root.append(this.box)
    root.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse") { return }
      const mark = event.target.closest?.(".mark")
      if (mark) { this.show(mark) } else if (!event.target.closest?.(".note")) { this.hide(200) }
    })
    root.addEventListener("pointerleave", () => this.hide(200))
    root.addEventListener("focusin", (event) => { const mark = event.target.closest?.(".mark"); if (mark) { this.show(mark) } })
    root.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.hide(0) } })
    root.addEventListener("click", (event) => {
      const mark = event.target.closest?.(".mark")
      if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) { return }
      event.preventDefault()
      if (mark === this.mark && !this.box.hidden && this.pinned) { this.hide(0); return }
      this.show(mark)
      this.pinned = true
    })
    this.away = (event) => { if (!event.composedPath().includes(this.box) && !event.composedPath().includes(this.mark)) { this.hide(0) } }
    this.scrolled = () => this.hide(0)
    this.box.addEventListener("pointerenter", () => clearTimeout(this.timer))
  }

  hide(delay) {
    clearTimeout(this.timer)
    if (delay && this.pinned) { return }
    this.timer = setTimeout(() => {
      this.box.hidden = true
      this.pinned = false
      document.removeEventListener("pointerdown", this.away)
      window.removeEventListener("scroll", this.scrolled, true)
    }, delay)
  }

  show(mark) {
    clearTimeout(this.timer)
    const {model} = this.turn
    const note = model.notes[mark.dataset.mark]
    if (!note) { return }
    if (mark === this.mark && !this.box.hidden) { return }
    this.mark = mark
    this.pinned = false
    const head = make("div", "head")
    head.append(make("span", `badge ${note.kind}`, note.badge), make("strong", "", note.value ?? mark.dataset.mark))
    this.box.replaceChildren(head, make("p", "", note.title))
    if (note.text) { this.box.append(make("p", "digest", note.text)) }
    if (note.rows.length) {
      const list = make("dl")
      note.rows.forEach(([name, value]) => list.append(make("dt", "", name), make("dd", "", value)))
      this.box.append(list)
    }
    if (note.href) {
      const link = make("a", "quiet", `${note.text ? model.words.original : model.words.record} ↗`)
      link.href = note.href
      link.target = "_blank"
      link.rel = "noopener noreferrer"
      this.box.append(link)
    }
    this.box.hidden = false
    const at = mark.getBoundingClientRect()
    const size = this.box.getBoundingClientRect()
    const left = Math.min(Math.max(12, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 12)
    const above = at.top - size.height - 8
    this.box.style.left = `${left}px`
    this.box.style.top = `${above > 64 ? above : at.bottom + 8}px`
    document.addEventListener("pointerdown", this.away)
    window.addEventListener("scroll", this.scrolled, true)
  }
}
