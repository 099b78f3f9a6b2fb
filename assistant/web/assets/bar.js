// The bar: links to the other pages; begin anew, the other language, light or dark.

import {button, make} from "/assets/dom.js"

const ICONS = {
  anew: "M12 20h9M16.5 3.5a2.1 2.1 0 0 1 3 3L7 19l-4 1 1-4Z",
  theme: "M12 3a9 9 0 1 0 0 18ZM12 3a9 9 0 0 1 0 18",
}

function icon(path, half) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  path.split(/(?<=Z)(?=M)/).forEach((d, i) => {
    const line = document.createElementNS(svg.namespaceURI, "path")
    line.setAttribute("d", d)
    if (half && i === 0) { line.setAttribute("fill", "currentColor") }
    svg.append(line)
  })
  return svg
}

export function renderBar({model, el}) {
  const root = make("nav", "tools")
  const links = make("span", "links")
  // On another page than the chat a new conversation begins on the chat's own page.
  const anew = button("tool", null, () => {
    if (location.pathname === "/") { model.send_msg({type: "anew"}) } else { location.assign(`/${location.search}`) }
  })
  const other = button("tool", null, () => model.send_msg({type: "language"}))
  const theme = button("tool", null, () => window.tanluToggleTheme())
  anew.append(icon(ICONS.anew))
  theme.append(icon(ICONS.theme, true))
  const say = () => {
    const {words} = model
    document.documentElement.lang = words.tag
    document.title = words.pageTitle
    other.textContent = words.otherLanguage
    links.replaceChildren(...(words.links ?? []).map(({href, text}) => {
      const link = make("a", "tool", text)
      link.href = `${href}?lang=${words.tag.startsWith("zh") ? "zh" : "en"}`
      return link
    }))
    for (const [node, text] of [[anew, words.anew], [other, words.languageHint], [theme, words.themeHint]]) {
      node.title = text
      node.setAttribute("aria-label", text)
    }
  }
  model.on("words", say)
  say()
  root.append(links, anew, other, theme)
  el.append(root)
}
