// Small helpers shared by the page's scripts.

export function make(tag, className, text) {
  const node = document.createElement(tag)
  if (className) { node.className = className }
  if (text != null) { node.textContent = text }
  return node
}

export function button(className, text, act) {
  const node = make("button", className, text)
  node.type = "button"
  node.addEventListener("click", act)
  return node
}

export const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key])
export const theme = () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light")
