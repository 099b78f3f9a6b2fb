// Own figures on the page of documents: the templates, upload with every problem by line and column, the list, removal.

import {button, fill, make} from "/assets/dom.js"
import {acts, dropZone, framed, parsed, post, progress} from "/assets/upload.js"

const API = "/api/own-figures"

export function ownFigures(model) {
  const root = make("section", "figures")
  const heading = make("h2")
  const lead = make("p", "aside")
  const items = make("p", "aside")
  const links = make("p", "templates")
  const {zone, drop, kinds} = dropZone("zone small", {accept: ".csv,.txt,.tsv"}, async ([file]) => { if (file) { await send(file, false) } })
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
    const lines = body.problems.map((p) => {
      const line = make("tr")
      const cells = {problemLine: p.line, problemColumn: p.column, problemValue: p.value, problemText: p.message}
      for (const [key, cell] of Object.entries(cells)) {
        const td = make("td", "", String(cell ?? "—"))
        if (key !== "problemText") { td.dataset.name = words[key] }
        line.append(td)
      }
      return line
    })
    const heads = ["problemLine", "problemColumn", "problemValue", "problemText"].map((key) => words[key])
    say("bad", fill(words.figuresProblems, {count: body.problem_count}), framed(heads, lines, "scroll problems"))
  }
  const send = async (file, replace) => {
    const {words} = model
    if (file.size > limit) { say("bad", words.figuresTooLarge); return }
    const {bar, state, show} = progress(words, words.figuresChecking)
    const item = make("div", "said")
    item.append(make("b", "", file.name), bar, state)
    told.replaceChildren(item)
    const url = address("", {name: file.name, replace: replace ? "true" : "false"})
    const {status, text} = await post(url, file, {"Content-Type": "text/csv"}, show)
    const body = parsed(text)
    if (status === 201) {
      const what = [...body.figures.map((h) => `${h.province} · ${fill(words.rowsCount, {count: h.rows.length})}`),
        ...body.scenarios.map((s) => `${words.scenarioKind} ${s.name}`)].join("; ")
      const warned = (body.warnings ?? []).map((warning) => make("p", "notice", warning))
      say(warned.length ? "warm" : "good", fill(words.figuresAdded, {what}), ...warned)
      await load()
    } else if (status === 409 && ["figures_present", "scenario_present"].includes(body.error?.code)) {
      const yes = button("quiet bad", words.replaceAsk, () => send(file, true))
      say("warm", body.error.message, yes, button("quiet", words.keepOld, () => told.replaceChildren()))
      yes.focus()
    } else if (body.problems) {
      problems(body)
    } else {
      say("bad", body.error?.message ?? words.failed)
    }
  }

  // ---- what there is

  const actsOf = (name, shown, question) => acts(model.words, model.words.figuresAsk, question, model.words.figuresSure, async () => {
    try {
      await ask(`/${encodeURIComponent(name)}`, {method: "DELETE"})
      say("good", fill(model.words.figuresRemoved, {name: shown}))
    } catch (error) {
      say("bad", error.message)
    }
    await load()
  })
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
    const figures = held.figures.map((h) => {
      const years = h.rows.map((r) => r.year)
      const span = [...new Set([Math.min(...years), Math.max(...years)])].join("–")
      return entry(h.province, h.file, rowsOf(h), span, h.added,
        actsOf(h.name, h.province, fill(words.figuresAskText, {place: h.province})))
    })
    const scenarios = held.scenarios.map((s) => {
      const lines = make("small", "", s.changes.map((c) => c.label).join("; "))
      return entry(s.name, `${words.scenarioKind} · ${s.file}`, lines, "—", s.added,
        actsOf(s.name, s.name, fill(words.scenarioAskText, {name: s.name})))
    })
    list.replaceChildren(framed([words.province, words.figuresYears, words.addedOn, ""], [...figures, ...scenarios]))
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
