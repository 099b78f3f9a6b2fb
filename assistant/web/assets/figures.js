// Own figures on the page of documents: the templates, upload with every problem by line and column, the list, removal.

import {button, fill, make} from "/assets/dom.js"

const API = "/api/own-figures"

export function ownFigures(model) {
  const root = make("section", "figures")
  const heading = make("h2")
  const lead = make("p", "aside")
  const items = make("p", "aside")
  const links = make("p", "templates")
  const zone = make("label", "zone small")
  const chooser = make("input")
  Object.assign(chooser, {type: "file", accept: ".csv,.txt,.tsv"})
  const drop = make("strong")
  const kinds = make("small")
  zone.append(chooser, drop, kinds)
  const told = make("div", "told")
  told.setAttribute("aria-live", "polite")
  const list = make("div", "list")
  root.append(heading, lead, items, links, zone, told, list)
  let limit = Infinity

  const address = (path, more = {}) => `${API}${path}?${new URLSearchParams({...more, language: model.words.code})}`
  const ask = async (path, options) => {
    const reply = await fetch(address(path), options)
    const body = await reply.json()
    if (!reply.ok) { throw new Error(body.error?.message ?? model.words.failed) }
    return body
  }

  // ---- adding

  const say = (kind, text, ...more) => {
    const item = make("div", `said ${kind}`)
    item.append(make("p", "", text), ...more)
    told.replaceChildren(item)
  }
  const problems = (body) => {
    const {words} = model
    const table = make("table")
    const head = make("tr")
    for (const key of ["problemLine", "problemColumn", "problemValue", "problemText"]) { head.append(make("th", "", words[key])) }
    const thead = make("thead")
    thead.append(head)
    const lines = make("tbody")
    body.problems.forEach((p) => {
      const line = make("tr")
      const cells = {problemLine: p.line, problemColumn: p.column, problemValue: p.value, problemText: p.message}
      for (const [key, cell] of Object.entries(cells)) {
        const td = make("td", "", String(cell ?? "—"))
        if (key !== "problemText") { td.dataset.name = words[key] }
        line.append(td)
      }
      lines.append(line)
    })
    table.append(thead, lines)
    const holder = make("div", "scroll problems")
    holder.append(table)
    say("bad", fill(words.figuresProblems, {count: body.problem_count}), holder)
  }
  const send = (file, replace) => new Promise((done) => {
    const {words} = model
    if (file.size > limit) { say("bad", words.figuresTooLarge); done(); return }
    const bar = make("progress")
    bar.max = 100
    const state = make("p", "", fill(words.sending, {percent: 0}))
    const item = make("div", "said")
    item.append(make("b", "", file.name), bar, state)
    told.replaceChildren(item)
    const request = new XMLHttpRequest()
    request.upload.addEventListener("progress", (event) => {
      const percent = Math.round(100 * event.loaded / event.total)
      bar.value = percent
      state.textContent = percent < 100 ? fill(words.sending, {percent}) : words.figuresChecking
    })
    request.addEventListener("load", async () => {
      let body = {}
      try { body = JSON.parse(request.responseText) } catch { /* no answer of ours */ }
      if (request.status === 201) {
        const what = [...body.figures.map((h) => `${h.province} · ${fill(words.rowsCount, {count: h.rows.length})}`),
          ...body.scenarios.map((s) => `${words.scenarioKind} ${s.name}`)].join("; ")
        const warned = (body.warnings ?? []).map((text) => make("p", "notice", text))
        say(warned.length ? "warm" : "good", fill(words.figuresAdded, {what}), ...warned)
        await load()
      } else if (request.status === 409 && ["figures_present", "scenario_present"].includes(body.error?.code)) {
        const yes = button("quiet bad", words.replaceAsk, () => send(file, true))
        say("warm", body.error.message, yes, button("quiet", words.keepOld, () => told.replaceChildren()))
        yes.focus()
      } else if (body.problems) {
        problems(body)
      } else {
        say("bad", body.error?.message ?? words.failed)
      }
      done()
    })
    request.addEventListener("error", () => { say("bad", words.failed); done() })
    request.open("POST", address("", {name: file.name, replace: replace ? "true" : "false"}))
    request.setRequestHeader("Content-Type", "text/csv")
    request.send(file)
  })
  const take = async (files) => {
    if (files.length) { await send(files[0], false) }
    chooser.value = ""
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

  const acts = (name, shown, question) => {
    const {words} = model
    const holder = make("span", "acts")
    const link = make("a", "quiet", words.figuresAsk)
    link.href = `/?lang=${words.code}`
    link.addEventListener("click", () => sessionStorage.setItem("tanlu-draft", question))
    const first = button("quiet", words.remove, () => {
      const yes = button("quiet bad", words.yes, async () => {
        try {
          await ask(`/${encodeURIComponent(name)}`, {method: "DELETE"})
          say("good", fill(words.figuresRemoved, {name: shown}))
        } catch (error) {
          say("bad", error.message)
        }
        await load()
      })
      holder.replaceChildren(make("em", "", words.figuresSure), yes, button("quiet", words.no, () => holder.replaceChildren(link, first)))
      yes.focus()
    })
    holder.append(link, first)
    return holder
  }
  const rowsOf = (h) => {
    const box = make("details", "rows")
    box.append(make("summary", "", fill(model.words.rowsCount, {count: h.rows.length})))
    const lines = make("ul")
    h.rows.forEach((r) => lines.append(make("li", "", `${r.year} · ${r.label} · ${r.given}${r.note ? ` · ${r.note}` : ""}`)))
    box.append(lines)
    return box
  }
  const entry = (name, file, detail, years, added, act) => {
    const line = make("tr")
    const called = make("div", "called")
    called.append(make("b", "", name), make("small", "", file), detail)
    const first = make("td")
    first.append(called)
    const last = make("td")
    last.append(act)
    line.append(first, make("td", "", years), make("td", "", added.slice(0, 10)), last)
    return line
  }
  const draw = (held) => {
    const {words} = model
    if (!held.figures.length && !held.scenarios.length) {
      list.replaceChildren(make("p", "aside", words.figuresNone))
      return
    }
    const head = make("tr")
    for (const key of ["province", "figuresYears", "addedOn"]) { head.append(make("th", "", words[key])) }
    head.append(make("th"))
    const thead = make("thead")
    thead.append(head)
    const body = make("tbody")
    held.figures.forEach((h) => {
      const years = h.rows.map((r) => r.year)
      const span = [...new Set([Math.min(...years), Math.max(...years)])].join("–")
      body.append(entry(h.province, h.file, rowsOf(h), span, h.added,
        acts(h.name, h.province, fill(words.figuresAskText, {place: h.province}))))
    })
    held.scenarios.forEach((s) => {
      const lines = make("small", "", s.changes.map((c) => c.label).join("; "))
      body.append(entry(s.name, `${words.scenarioKind} · ${s.file}`, lines, "—", s.added,
        acts(s.name, s.name, fill(words.scenarioAskText, {name: s.name}))))
    })
    const table = make("table")
    table.append(thead, body)
    const holder = make("div", "scroll")
    holder.append(table)
    list.replaceChildren(holder)
  }
  const load = async () => {
    try {
      const held = await ask("")
      limit = held.limits.bytes
      draw(held)
    } catch (error) {
      list.replaceChildren(make("p", "bad", error.message))
    }
  }

  return {
    root,
    say: () => {
      const {words} = model
      heading.textContent = words.figures
      lead.textContent = words.figuresLead
      items.textContent = words.figuresDocs
      drop.textContent = words.figuresDrop
      kinds.textContent = words.figuresKinds
      links.replaceChildren(...[["figures", words.figuresTemplate], ["scenario", words.scenarioTemplate]].map(([form, text]) => {
        const link = make("a", "", text)
        link.href = address("/template", {form})
        link.download = ""
        return link
      }))
      told.replaceChildren()
      load()
    },
  }
}
