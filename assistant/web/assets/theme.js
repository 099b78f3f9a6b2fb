// Runs before the page is painted: the reader's choice, else the system's. Panel's components follow data-theme.
(() => {
  const asked = new URLSearchParams(location.search).get("theme")
  const saved = localStorage.getItem("tanlu-theme")
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
  const known = [asked, saved].find((value) => value === "dark" || value === "light")
  document.documentElement.dataset.theme = known ?? system
  window.tanluToggleTheme = () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark"
    document.documentElement.dataset.theme = next
    localStorage.setItem("tanlu-theme", next)
  }
})()
