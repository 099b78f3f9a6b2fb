// Tables that sort by a click on a column head and show by a shade where more of them can be scrolled into view.

const SCALES = [["万亿", 1e12], ["亿", 1e8], ["万", 1e4]]

function amount(cell) {
  const copy = cell.cloneNode(true)
  copy.querySelectorAll(".mark").forEach((mark) => mark.remove())
  const text = copy.textContent.trim().replace(/[,\s]/g, "").replace("−", "-")
  const found = text.match(/^[^\d-]*(-?\d+(\.\d+)?)/)
  if (!found) { return {text, number: null} }
  const scale = SCALES.find(([word]) => text.includes(word))
  return {text, number: Number(found[1]) * (scale ? scale[1] : 1)}
}

export function lively(holder) {
  const scroll = holder.querySelector(".scroll")
  const shade = () => holder.classList.toggle("more", scroll.scrollLeft + scroll.clientWidth < scroll.scrollWidth - 2)
  scroll.addEventListener("scroll", shade, {passive: true})
  new ResizeObserver(shade).observe(scroll)
  sortable(holder)
}

function sortable(holder) {
  const table = holder.querySelector("table")
  table.querySelectorAll("thead th").forEach((head, column) => {
    head.tabIndex = 0
    const sort = () => {
      const down = head.getAttribute("aria-sort") !== "descending"
      table.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"))
      head.setAttribute("aria-sort", down ? "descending" : "ascending")
      const body = table.tBodies[0]
      const rows = [...body.rows].map((row) => ({row, ...amount(row.cells[column])}))
      const numeric = rows.filter((r) => r.number != null).length * 2 > rows.length
      rows.sort((a, b) => {
        if (numeric) {
          if (a.number == null || b.number == null) { return (a.number == null) - (b.number == null) }
          return down ? b.number - a.number : a.number - b.number
        }
        return a.text.localeCompare(b.text, "zh") * (down ? -1 : 1)
      })
      body.append(...rows.map((r) => r.row))
    }
    head.addEventListener("click", sort)
    head.addEventListener("keydown", (event) => { if (event.key === "Enter") { sort() } })
  })
}
