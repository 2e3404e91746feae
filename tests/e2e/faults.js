// What a careful reader would frown at on the page as it stands: a list of complaints.
() => {
  const MARGIN = 1.5 // pixels that rounding may cost
  const LEADING = 3 // pixels of a line of text without ink
  const found = new Set()
  const style = (element) => getComputedStyle(element)
  const words = (node) => node.textContent.trim().replace(/\s+/g, " ").slice(0, 60)
  const shown = (box) => box.width > 1 && box.height > 1
  const ancestors = function* (element) {
    for (let each = element; each instanceof Element; each = each.parentElement) yield each
  }

  // Words of the page that a box without a scroll bar cuts off.
  const main = document.querySelector("[data-testid=stMain]")
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode
    const parent = node.parentElement
    if (!words(node) || parent.closest("svg, style, [aria-hidden=true], [data-testid=stDataFrame]")) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const text = range.getBoundingClientRect()
    if (!shown(text)) continue
    for (const each of ancestors(parent)) {
      if (each === main || /auto|scroll/.test(style(each).overflowX)) break
      if (!/hidden|clip/.test(style(each).overflowX)) continue
      const box = each.getBoundingClientRect()
      if (!shown(box)) break
      if (text.right > box.right + MARGIN || text.left < box.left - MARGIN)
        found.add(`cut: “${words(node)}”`)
    }
  }

  // Charts: words outside the picture, tick labels on each other, words that are too faint.
  const corners = (text) => {
    const { x, y, width, height } = text.getBBox()
    const to = text.getScreenCTM()
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
      .map(([across, down]) => new DOMPoint(across, down).matrixTransform(to))
  }
  const apart = (one, two) => [one, two].some((shape) => [0, 1].some((side) => {
    const [a, b] = [shape[side], shape[side + 1]]
    const long = Math.hypot(b.x - a.x, b.y - a.y) || 1
    const onto = (point) => (point.x * (b.x - a.x) + point.y * (b.y - a.y)) / long
    const [first, second] = [one.map(onto), two.map(onto)]
    return Math.max(...first) < Math.min(...second) + LEADING || Math.max(...second) < Math.min(...first) + LEADING
  }))
  const rgb = (colour) => colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (one, two) => {
    const [dark, bright] = [light(one), light(two)].sort((a, b) => a - b)
    return (bright + 0.05) / (dark + 0.05)
  }
  const mix = (a, b, weight) => a.map((each, index) => each + (b[index] - each) * weight)
  const behind = (text) => {
    const bar = text.classList.contains("bartext") && text.parentElement.querySelector("path")
    if (bar) {
      const [inner, outer] = [text.getBoundingClientRect(), bar.getBoundingClientRect()]
      if (inner.left >= outer.left - MARGIN && inner.right <= outer.right + MARGIN) {
        const [r, g, b, alpha] = rgb(style(bar).fill)
        return `rgb(${mix(rgb(page(text)), [r, g, b], (alpha ?? 1) * style(bar).fillOpacity).slice(0, 3).join()})`
      }
    }
    const note = text.parentElement.querySelector(":scope > rect.bg")
    if (note && +style(note).fillOpacity && rgb(style(note).fill)[3] !== 0) return style(note).fill
    return page(text)
  }
  const page = (text) => {
    for (const each of ancestors(text)) {
      const colour = style(each).backgroundColor
      if ((rgb(colour)[3] ?? 1) === 1) return colour
    }
    return "rgb(255, 255, 255)"
  }
  // The colour of the cell of a heatmap that a text stands in; translucent ones lie on the page.
  const cell = (chart, text) => {
    const heat = chart._fullData.find((trace) => trace.type === "heatmap")
    const point = text.closest(".textpoint")?.__data__
    if (!heat || !point) return
    const share = (heat.z[point.y][point.x] - heat.zmin) / (heat.zmax - heat.zmin)
    const next = Math.max(1, heat.colorscale.findIndex(([place]) => place >= share))
    const [[from, one], [to, other]] = heat.colorscale.slice(next - 1, next + 1)
    const part = to > from ? (share - from) / (to - from) : 0
    const [r, g, b, alpha] = mix(parts(one), parts(other), part)
    return `rgb(${mix(rgb(behind(text)), [r, g, b], alpha).slice(0, 3).join()})`
  }
  // What cuts off a text that is drawn among the marks of a chart.
  const clip = (text) => {
    const clipped = text.closest("[clip-path]:not([clip-path=''])")
    const rect = clipped && document.querySelector(`${clipped.getAttribute("clip-path").match(/#[^"')]+/)} rect`)
    if (!rect) return
    const [x, width] = [rect.x.baseVal.value, rect.width.baseVal.value]
    const [left, right] = [x, x + width].map((each) => new DOMPoint(each, 0).matrixTransform(clipped.getScreenCTM()).x)
    return { left, right }
  }
  const parts = (colour) => {
    const probe = document.createElement("i")
    probe.style.color = colour
    const [r, g, b, alpha] = rgb(document.body.appendChild(probe) && style(probe).color)
    probe.remove()
    return [r, g, b, alpha ?? 1]
  }
  for (const chart of main.querySelectorAll(".js-plotly-plot")) {
    const picture = chart.getBoundingClientRect()
    for (const text of chart.querySelectorAll(".main-svg text")) {
      const box = text.getBoundingClientRect()
      if (!words(text) || !shown(box) || text.closest(".hoverlayer") || style(text).opacity === "0") continue
      if (box.left < picture.left - MARGIN || box.right > picture.right + MARGIN
        || box.top < picture.top - MARGIN || box.bottom > picture.bottom + MARGIN)
        found.add(`outside its chart: “${words(text)}”`)
      const frame = clip(text)
      if (frame && (box.left < frame.left - MARGIN || box.right > frame.right + MARGIN))
        found.add(`cut off in a chart: “${words(text)}”`)
      const ground = cell(chart, text) ?? behind(text)
      const ratio = contrast(style(text).fill, ground)
      if (ratio < 4.5)
        found.add(`faint in a chart (${ratio.toFixed(1)}): “${words(text)}” ${style(text).fill} on ${ground}`)
    }
    for (const tick of chart.querySelectorAll(".xtick text, .ytick text"))
      if (words(tick) && style(tick).display === "none") found.add(`label left out: “${words(tick)}”`)
    for (const axis of ["x", "y"]) {
      const groups = Map.groupBy(chart.querySelectorAll(`.main-svg [class^="${axis}"] text, .main-svg .${axis}tick text`),
        (text) => text.parentElement.parentElement)
      for (const labels of groups.values()) {
        const shapes = labels.filter((each) => words(each) && /tick/.test(each.parentElement.getAttribute("class")))
        shapes.forEach((label, index) => shapes.slice(index + 1).forEach((other) => {
          if (!apart(corners(label), corners(other)))
            found.add(`labels on each other: “${words(label)}” and “${words(other)}”`)
        }))
      }
    }
  }
  return [...found]
}
