// The question box.

import {make} from "/assets/dom.js"

const DRAFT = "tanlu-draft"

export function renderComposer({model, view, el}) {
  const root = make("div", "ask-box")
  const lost = make("p", "lost")
  lost.hidden = true
  lost.setAttribute("role", "alert")
  const box = make("div", "box")
  const text = make("textarea")
  text.rows = 1
  text.maxLength = 20000
  const go = make("button", "go")
  go.type = "button"
  box.append(text, go)
  root.append(lost, box, make("p", "foot"))
  el.append(root)

  const grow = () => {
    text.style.height = "auto"
    text.style.height = `${Math.min(text.scrollHeight, 200)}px`
    go.disabled = !model.busy && !text.value.trim()
    sessionStorage.setItem(DRAFT, text.value)
  }
  const say = () => {
    const {words, busy} = model
    text.placeholder = words.ask
    text.setAttribute("aria-label", words.ask)
    go.setAttribute("aria-label", busy ? words.stop : words.send)
    go.title = busy ? words.stop : words.send
    go.dataset.state = busy ? "stop" : "send"
    lost.textContent = words.lost
    root.querySelector(".foot").textContent = model.foot
    grow()
  }
  const send = () => {
    if (model.busy) { model.send_msg({type: "stop"}); return }
    if (!text.value.trim()) { return }
    model.send_msg({type: "ask", text: text.value})
    text.value = ""
    grow()
  }
  text.value = sessionStorage.getItem(DRAFT) ?? ""
  text.addEventListener("input", grow)
  text.addEventListener("keydown", (event) => {
    // While an input method composes, Enter takes a candidate; it must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) { return }
    event.preventDefault()
    if (!model.busy) { send() }
  })
  go.addEventListener("click", send)
  model.on(["busy", "words", "foot"], say)
  say()
  requestAnimationFrame(() => { if (matchMedia("(hover: hover)").matches) { text.focus({preventScroll: true}) } })

  // A lost connection: say so, wait for the server, reload. The conversation stands in the address, the draft is kept.
  view.model.document?.on_event("connection_lost", () => {
    lost.hidden = false
    const wait = setInterval(async () => {
      try {
        const reply = await fetch("/assets/ping", {cache: "no-store"})
        if (reply.ok) { clearInterval(wait); location.reload() }
      } catch { /* not back yet */ }
    }, 1500)
  })
}
