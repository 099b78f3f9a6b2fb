// The empty page: what this is, and questions to begin with.

import {button, make} from "/assets/dom.js"

export function renderWelcome({model, el}) {
  const root = make("div", "welcome")
  const draw = () => {
    const {words, notice, opening} = model
    if (opening) {
      root.replaceChildren(make("p", "opening", words.loading))
      return
    }
    const hero = make("div", "hero")
    const logo = make("img")
    logo.src = "/assets/logo.svg"
    logo.alt = ""
    if (notice) { hero.append(make("p", "notice", notice)) }
    hero.append(logo, make("h1", "", words.tagline), make("p", "", words.introduction), make("h2", "", words.startersTitle))
    const starters = make("div", "starters")
    words.starters.forEach((text) => starters.append(
      button("starter", text, () => model.send_msg({type: "ask", text}))))
    root.replaceChildren(hero, starters)
  }
  model.on(["words", "notice", "opening"], draw)
  draw()
  el.append(root)
}
