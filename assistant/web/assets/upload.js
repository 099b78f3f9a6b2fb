// What both kinds of own files share on the page of documents: the zone they are dropped on, sending with progress, asking about
// one, and removal that is asked for twice.

import {button, make} from "/assets/dom.js"

// A zone that takes files by a click, the keyboard or a drop and hands them to `take`.
export function dropZone(className, attributes, take) {
  const zone = make("label", className)
  const chooser = make("input")
  Object.assign(chooser, {type: "file", ...attributes})
  const drop = make("strong")
  const kinds = make("small")
  zone.append(chooser, drop, kinds)
  const taken = async (files) => {
    await take(files)
    chooser.value = ""
  }
  chooser.addEventListener("change", () => taken([...chooser.files]))
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over") })
  zone.addEventListener("dragleave", () => zone.classList.remove("over"))
  zone.addEventListener("drop", (event) => {
    event.preventDefault()
    zone.classList.remove("over")
    taken([...event.dataTransfer.files])
  })
  return {zone, drop, kinds}
}

// Post a file: `sent` hears the percentage on its way, `heard` the answer so far. Gives status and text; status 0 where none came.
export function post(url, file, headers, sent, heard = () => {}) {
  return new Promise((done) => {
    const request = new XMLHttpRequest()
    request.upload.addEventListener("progress", (event) => sent(Math.round(100 * event.loaded / event.total)))
    request.addEventListener("progress", () => { if (request.status === 200) { heard(request.responseText) } })
    request.addEventListener("load", () => done({status: request.status, text: request.responseText}))
    request.addEventListener("error", () => done({status: 0, text: ""}))
    request.open("POST", url)
    for (const [name, value] of Object.entries(headers)) { request.setRequestHeader(name, value) }
    request.send(file)
  })
}

// A bar and a line that tells how far a file is; `working` is told once it has been sent.
export function progress(words, working) {
  const bar = make("progress")
  bar.max = 100
  const state = make("span", "state")
  const show = (percent) => {
    bar.value = percent
    state.textContent = percent < 100 ? words.sending.replace("{percent}", percent) : working
  }
  show(0)
  return {bar, state, show}
}

// An answer of ours as an object; an empty one where it is none.
export function parsed(text) {
  try { return JSON.parse(text) } catch { return {} }
}

// A link that goes to the chat with `question` in its box, and a button that removes what stands beside it once it is confirmed.
export function acts(words, label, question, sure, remove) {
  const holder = make("span", "acts")
  const link = make("a", "quiet", label)
  link.href = `/?lang=${words.code}`
  link.addEventListener("click", () => sessionStorage.setItem("tanlu-draft", question))
  const first = button("quiet", words.remove, () => {
    const yes = button("quiet bad", words.yes, remove)
    holder.replaceChildren(make("em", "", sure), yes, button("quiet", words.no, () => holder.replaceChildren(link, first)))
    yes.focus()
  })
  holder.append(link, first)
  return holder
}

// A table in a frame that scrolls sideways.
export function framed(heads, lines, className = "scroll") {
  const table = make("table")
  const names = make("tr")
  heads.forEach((head) => names.append(make("th", "", head)))
  const thead = make("thead")
  thead.append(names)
  const body = make("tbody")
  body.append(...lines)
  table.append(thead, body)
  const holder = make("div", className)
  holder.append(table)
  return holder
}
