// The sources drawer.

import {button, make} from "/assets/dom.js"
import {lively} from "/assets/tables.js"

export function renderEvidence({model, el}) {
  const root = make("div", "sources prose")
  const draw = () => {
    const head = make("header")
    head.append(make("h2", "", model.words.evidence), button("quiet close", "✕", () => model.send_msg({type: "close"})))
    head.lastChild.setAttribute("aria-label", model.words.close)
    const body = make("div")
    body.innerHTML = model.html
    body.querySelectorAll(".table").forEach(lively)
    root.replaceChildren(head, body)
  }
  model.on(["html", "words"], draw)
  draw()
  el.append(root)
}
