// The page of documents: upload with progress, the list of own files, search, and what the corpus holds.

import {fill, make} from "/assets/dom.js"
import {ownFigures} from "/assets/figures.js"
import {acts, dropZone, framed, parsed, post, progress} from "/assets/upload.js"

const API = "/api/knowledge"

// A row of the list; on a narrow page, where the head is gone, each cell says its column's name.
function row(names, ...cells) {
  const line = make("tr")
  cells.forEach((cell, at) => {
    const td = make("td", cell == null ? "empty" : "")
    if (cell instanceof Node) { td.append(cell) } else { td.textContent = cell ?? "—"; td.dataset.name = names[at] }
    line.append(td)
  })
  return line
}

export function renderKnowledge({model, el}) {
  const root = make("div", "knowledge")
  const list = make("section", "own")
  const uploads = make("ul", "uploads")
  uploads.setAttribute("aria-live", "polite")
  const results = make("div", "results")
  const corpus = make("details", "corpus")
  const said = {}
  let found = null
  el.append(root)

  const ask = async (path, options) => {
    const glue = path.includes("?") ? "&" : "?"
    const reply = await fetch(`${API}${path}${glue}language=${model.words.code}`, options)
    const body = await reply.json()
    if (!reply.ok) { throw new Error(body.error?.message ?? model.words.failed) }
    return body
  }

  // ---- adding

  const options = make("details", "options")
  const field = (key, type, attributes = {}) => {
    const label = make("label", type === "checkbox" ? "check" : "field")
    const input = make("input")
    Object.assign(input, {type, ...attributes})
    said[key] = make("span")
    label.append(...(type === "checkbox" ? [input, said[key]] : [said[key], input]))
    options.append(label)
    return input
  }
  said.details = make("summary")
  options.append(said.details)
  const title = field("fieldTitle", "text", {maxLength: 160})
  const year = field("fieldYear", "number", {min: 1900, max: 2100})
  const region = field("fieldRegion", "text", {maxLength: 60})
  const shared = field("fieldShared", "checkbox")

  const send = async (file) => {
    const {words} = model
    const item = make("li")
    const {bar, state, show} = progress(words, words.reading)
    item.append(make("b", "", file.name), bar, state)
    uploads.prepend(item)
    const end = (text, kind) => { bar.remove(); state.textContent = text; item.className = kind }
    if (file.size > limits.bytes) { end(words.tooLarge, "bad"); return }
    const about = new URLSearchParams({name: file.name, language: words.code})
    if (title.value.trim()) { about.set("title", title.value.trim()) }
    if (year.value) { about.set("year", year.value) }
    if (region.value.trim()) { about.set("region", region.value.trim()) }
    if (shared.checked) { about.set("shared", "true") }
    const lines = (text) => text.slice(0, text.lastIndexOf("\n") + 1).split("\n").filter(Boolean)
    const heard = (text) => {
      const line = parsed(lines(text).at(-1))
      if (line.page) {
        bar.value = 100 * line.page / line.of
        state.textContent = fill(words.readingPage, line)
      }
    }
    const headers = {Accept: "application/x-ndjson", "Content-Type": "application/octet-stream"}
    const {status, text} = await post(`${API}?${about}`, file, headers, show, heard)
    const last = parsed(status === 200 ? lines(text).at(-1) : text)
    if (last.document) {
      end([fill(words.added, last.document), ...last.document.notes].join(" · "), "good")
    } else {
      end(last.error?.message ?? words.failed, "bad")
    }
  }
  const {zone, drop, kinds} = dropZone("zone", {multiple: true, accept: ".pdf,.docx,.html,.htm,.md,.markdown,.txt"}, async (files) => {
    for (const file of files) { await send(file) }
    title.value = ""
    await load()
  })
  Object.assign(said, {drop, kinds})

  // ---- what there is

  let limits = {bytes: Infinity}
  let held = {own: [], corpus: [], sent_to: null}
  const load = async () => {
    try {
      held = await ask("")
      limits = held.limits
      draw()
    } catch (error) {
      list.replaceChildren(make("p", "bad", error.message))
    }
  }

  const actsOf = (document) => acts(model.words, model.words.ask, fill(model.words.askText, {title: document.title}), model.words.sure, async () => {
    try {
      await ask(`/${encodeURIComponent(document.id)}`, {method: "DELETE"})
      uploads.prepend(make("li", "good", fill(model.words.removed, document)))
    } catch (error) {
      uploads.prepend(make("li", "bad", error.message))
    }
    await load()
  })

  const draw = () => {
    const {words} = model
    const head = make("h2", "", words.own)
    if (!held.own.length) {
      list.replaceChildren(head, make("p", "aside", words.none))
    } else {
      const heads = ["name", "language", "year", "pages", "visibility"].map((key) => words[key])
      const lines = held.own.map((d) => {
        const called = make("div", "called")
        called.append(make("b", "", d.title), make("small", "", [d.name, d.region, d.added.slice(0, 10)].filter(Boolean).join(" · ")))
        d.notes.forEach((note) => called.append(make("small", "note", note)))
        return row(heads, called, words[d.language] ?? d.language, d.year, d.pages, words[d.visibility], actsOf(d))
      })
      list.replaceChildren(head, framed([...heads, ""], lines))
    }
    if (held.sent_to) { list.prepend(make("p", "warm", fill(words.sentTo, {service: held.sent_to}))) }
    const summary = make("summary", "", `${words.corpus} (${held.corpus.length})`)
    const items = make("ul")
    held.corpus.forEach((d) => {
      const item = make("li")
      item.append(make("b", "", d.title), make("small", "", [d.number, d.issuer, d.date, fill(words.clauses, {count: d.clauses}),
        d.verified ? words.verified : words.unverified].filter(Boolean).join(" · ")))
      if (d.url?.startsWith("https://")) {
        const link = make("a", "", words.original)
        Object.assign(link, {href: d.url, target: "_blank", rel: "noopener noreferrer"})
        item.append(link)
      }
      items.append(item)
    })
    corpus.replaceChildren(summary, items)
  }

  // ---- searching

  const form = make("form", "search")
  const query = make("input")
  Object.assign(query, {type: "search", maxLength: 1000})
  const go = make("button", "go")
  go.type = "submit"
  form.append(query, go)
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (!query.value.trim()) { return }
    try {
      found = await ask(`/search?q=${encodeURIComponent(query.value.trim())}`)
      drawFound()
    } catch (error) {
      results.replaceChildren(make("p", "bad", error.message))
    }
  })
  const drawFound = () => {
    if (!found) { return }
    const {words} = model
    const items = [
      ...found.own.map((h) => ({badge: words.mine, kind: "mine", head: `${h.title} · ${h.clause}`, text: h.text})),
      ...found.corpus.map((h) => ({badge: h.verified ? words.verified : words.unverified, kind: h.verified ? "verified" : "unverified",
        head: `${h.title} · ${h.clause} ${h.heading}`, text: h.digest})),
    ].map(({badge, kind, head, text}) => {
      const item = make("article")
      const line = make("h3", "", head)
      line.append(make("span", `badge ${kind}`, badge))
      item.append(line, make("p", "", text))
      return item
    })
    results.replaceChildren(...found.notices.map((n) => make("p", "warm", n)),
      ...(items.length ? items : [make("p", "aside", words.nothing)]))
  }

  const figures = ownFigures(model)

  // ---- words

  said.heading = make("h1")
  said.introduction = make("p", "lead")
  const say = () => {
    const {words} = model
    for (const [key, node] of Object.entries(said)) { node.textContent = words[key] }
    query.placeholder = words.searchLabel
    query.setAttribute("aria-label", words.searchLabel)
    go.textContent = words.search
    uploads.replaceChildren()
    figures.say()
  }
  root.append(said.heading, said.introduction, zone, options, uploads, list, figures.root, form, results, corpus)
  model.on("words", async () => {
    say()
    await load()
    if (found && query.value.trim()) { found = await ask(`/search?q=${encodeURIComponent(query.value.trim())}`) }
    drawFound()
  })
  say()
  load()
}
