// What the export menu of a card needs of the browser: the focus goes into the menu as it opens, and
// a button saves the chart of the card as a picture, with its title and what was selected.
// `data` (null where there is no chart): card (class of an element of the card), name (of the file),
// label, failed, title, head, foot.

const MARGIN = 24
const LEAST_WIDTH = 760

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  enter(parentElement.host)
  button.hidden = !data
  if (!data) return
  const said = button.querySelector(".label")
  said.textContent = data.label
  button.onclick = async () => {
    try {
      save(await picture(data, getComputedStyle(button)), data.name)
      said.textContent = data.label
    } catch (error) {
      console.warn(error)
      said.textContent = data.failed
    }
  }
}

/** The menu lies at the end of the page: without this, the keyboard would not find it. */
function enter(host) {
  const opened = document.activeElement?.getAttribute("aria-expanded") === "true"
  if (opened) host.closest("[role=dialog]")?.querySelector("button")?.focus()
}

/** The chart of the card, found from an element of its head outwards. */
function chartOf(card) {
  for (let each = document.querySelector(`.${card}`); each; each = each.parentElement) {
    const chart = each.querySelector(".js-plotly-plot")
    if (chart) return chart
  }
  throw new Error("there is no chart in the card")
}

/** A canvas at twice the size: title and selection, the chart, as-of time and n. */
async function picture({ card, title, head, foot }, style) {
  const chart = chartOf(card)
  const width = Math.max(chart.clientWidth, LEAST_WIDTH)
  const height = chart.clientHeight
  const drawn = new Image()
  const figure = { data: chart.data, layout: { ...chart.layout, font: resident(chart.layout.font) } }
  drawn.src = await window.Plotly.toImage(figure, { format: "png", scale: 2, width, height })
  await drawn.decode()

  const pen = document.createElement("canvas").getContext("2d")
  const text = (words, size, weight = 400) =>
    wrapped(pen, words, font(style, size, weight), width, Math.round(size * 1.4))
  const above = [...text(title, 20, 600), ...head.flatMap((line) => text(line, 13))]
  const below = foot.flatMap((line) => text(line, 12))
  const tall = (lines) => lines.reduce((sum, line) => sum + line.height, 0)

  pen.canvas.width = 2 * (width + 2 * MARGIN)
  pen.canvas.height = 2 * (tall(above) + height + tall(below) + 3 * MARGIN)
  pen.scale(2, 2)
  pen.fillStyle = style.getPropertyValue("--st-background-color") || "white"
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height)
  pen.fillStyle = style.getPropertyValue("--st-text-color") || "black"
  write(pen, above, MARGIN)
  pen.drawImage(drawn, MARGIN, MARGIN * 1.5 + tall(above), width, height)
  write(pen, below, MARGIN * 2 + tall(above) + height)
  return pen.canvas
}

/** A font that a picture has, too: it cannot use those that the page has loaded. */
function resident(font) {
  const plain = (family) => family.trim().replace(/["']/g, "")
  const loaded = new Set([...document.fonts].map(({ family }) => plain(family)))
  const families = (font?.family ?? "sans-serif").split(",")
  return { ...font, family: families.filter((each) => !loaded.has(plain(each))).join(",") }
}

function font(style, size, weight) {
  return `${weight} ${size}px ${style.getPropertyValue("--st-font") || "sans-serif"}`
}

/** Lines of a text that fit the width; a script without blanks is parted anywhere. */
function wrapped(pen, words, face, width, height) {
  pen.font = face
  const lines = []
  let rest = [...words]
  while (rest.length) {
    let fits = rest.length
    while (fits > 1 && pen.measureText(rest.slice(0, fits).join("")).width > width) fits -= 1
    const blank = rest.slice(0, fits + 1).lastIndexOf(" ")
    const end = fits < rest.length && blank > 0 ? blank : fits
    lines.push({ text: rest.slice(0, end).join(""), face, height })
    rest = [...rest.slice(end).join("").trimStart()]
  }
  return lines
}

function write(pen, lines, top) {
  pen.textBaseline = "top"
  let y = top
  for (const { text, face, height } of lines) {
    pen.font = face
    pen.fillText(text, MARGIN, y)
    y += height
  }
}

function save(canvas, name) {
  canvas.toBlob((blob) => {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }, "image/png")
}
