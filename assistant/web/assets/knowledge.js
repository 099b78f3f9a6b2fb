// The page of documents: upload with progress, the list of own files, search, and what the corpus holds.

import {button, fill, make} from "/assets/dom.js"
import {ownFigures} from "/assets/figures.js"

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

  const zone = make("label", "zone")
  const chooser = make("input")
  Object.assign(chooser, {type: "file", multiple: true, accept: ".pdf,.docx,.html,.htm,.md,.markdown,.txt"})
  said.drop = make("strong")
  said.kinds = make("small")
  zone.append(chooser, said.drop, said.kinds)

  const send = (file) => new Promise((done) => {
    const item = make("li")
    const bar = make("progress")
    bar.max = 100
    const state = make("span", "state")
    item.append(make("b", "", file.name), bar, state)
    uploads.prepend(item)
    const end = (text, kind) => { bar.remove(); state.textContent = text; item.className = kind; done() }
    if (file.size > limits.bytes) { end(model.words.tooLarge, "bad"); return }
    const about = new URLSearchParams({name: file.name, language: model.words.code})
    if (title.value.trim()) { about.set("title", title.value.trim()) }
    if (year.value) { about.set("year", year.value) }
    if (region.value.trim()) { about.set("region", region.value.trim()) }
    if (shared.checked) { about.set("shared", "true") }
    const request = new XMLHttpRequest()
    let read = 0
    const hear = () => {
      const lines = request.responseText.slice(read).split("\n")
      read += request.responseText.slice(read).length - lines.at(-1).length
      return lines.slice(0, -1).filter(Boolean).map((line) => JSON.parse(line))
    }
    let last = {}
    request.upload.addEventListener("progress", (event) => {
      const percent = Math.round(100 * event.loaded / event.total)
      bar.value = percent
      state.textContent = percent < 100 ? fill(model.words.sending, {percent}) : model.words.reading
    })
    request.addEventListener("progress", () => {
      if (request.status !== 200) { return }
      hear().forEach((line) => {
        last = line
        if (line.page) {
          bar.value = 100 * line.page / line.of
          state.textContent = fill(model.words.readingPage, line)
        }
      })
    })
    request.addEventListener("load", () => {
      if (request.status !== 200) {
        let told = null
        try { told = JSON.parse(request.responseText).error.message } catch { /* no answer of ours */ }
        end(told ?? model.words.failed, "bad")
        return
      }
      hear().forEach((line) => { last = line })
      if (last.document) {
        end([fill(model.words.added, last.document), ...last.document.notes].join(" · "), "good")
      } else {
        end(last.error?.message ?? model.words.failed, "bad")
      }
    })
    request.addEventListener("error", () => end(model.words.failed, "bad"))
    request.open("POST", `${API}?${about}`)
    request.setRequestHeader("Accept", "application/x-ndjson")
    request.setRequestHeader("Content-Type", "application/octet-stream")
    state.textContent = fill(model.words.sending, {percent: 0})
    request.send(file)
  })
  const take = async (files) => {
    for (const file of files) { await send(file) }
    title.value = ""
    chooser.value = ""
    await load()
  }
  chooser.addEventListener("change", () => take([...chooser.files]))
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over") })
  zone.addEventListener("dragleave", () => zone.classList.remove("over"))
  zone.addEventListener("drop", (event) => {
    event.preventDefault()
    zone.classList.remove("over")
    take([...event.dataTransfer.files])
  })

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

  const remove = (document) => {
    const {words} = model
    const holder = make("span", "acts")
    const link = make("a", "quiet", words.ask)
    link.href = `/?lang=${words.code}`
    link.addEventListener("click", () => {
      sessionStorage.setItem("tanlu-draft", fill(words.askText, {title: document.title}))
    })
    const first = button("quiet", words.remove, () => {
      const yes = button("quiet bad", words.yes, async () => {
        try {
          await ask(`/${encodeURIComponent(document.id)}`, {method: "DELETE"})
          uploads.prepend(make("li", "good", fill(words.removed, document)))
        } catch (error) {
          uploads.prepend(make("li", "bad", error.message))
        }
        await load()
      })
      holder.replaceChildren(make("em", "", words.sure), yes, button("quiet", words.no, () => holder.replaceChildren(link, first)))
      yes.focus()
    })
    holder.append(link, first)
    return holder
  }

  const draw = () => {
    const {words} = model
    const head = make("h2", "", words.own)
    if (!held.own.length) {
      list.replaceChildren(head, make("p", "aside", words.none))
    } else {
      const table = make("table")
      const names = make("tr")
      const heads = ["name", "language", "year", "pages", "visibility"].map((key) => words[key])
      heads.forEach((head) => names.append(make("th", "", head)))
      names.append(make("th"))
      const thead = make("thead")
      thead.append(names)
      const body = make("tbody")
      held.own.forEach((d) => {
        const called = make("div", "called")
        called.append(make("b", "", d.title), make("small", "", [d.name, d.region, d.added.slice(0, 10)].filter(Boolean).join(" · ")))
        d.notes.forEach((note) => called.append(make("small", "note", note)))
        body.append(row(heads, called, words[d.language] ?? d.language, d.year, d.pages, words[d.visibility], remove(d)))
      })
      table.append(thead, body)
      const holder = make("div", "scroll")
      holder.append(table)
      list.replaceChildren(head, holder)
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
