// A page of `docs/` as the console shows it: HTML that is made when the pages are built. Only Markdown of our own gets in
// here; raw HTML in it is left out, so that what it may hold is known.
import { posix } from 'node:path'
import { Marked, type Tokens } from 'marked'

export interface Heading {
  readonly id: string
  readonly text: string
  readonly level: number
}

export interface DocumentHtml {
  /** Its first heading, which is not in `html`. */
  readonly title: string
  readonly html: string
  readonly headings: readonly Heading[]
}

export interface DocumentPlace {
  /** Inside `docs/` and without its ending, as in `how-to/run-the-server`. */
  readonly path: string
  /** Whether a document at such a path is among those shown. */
  readonly isShown: (path: string) => boolean
}

/** Pages that the console makes of the same data as the documents are. */
const OWN_VIEWS: Readonly<Record<string, string>> = {
  'reference/causes': '#/help/causes',
  'reference/errors': '#/help/errors',
}

export function renderDocument(markdown: string, place: DocumentPlace): DocumentHtml {
  const headings: Heading[] = []
  let title = ''
  const taken = new Map<string, number>()
  const marked = new Marked({ gfm: true })
  marked.use({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const text = plainText(this.parser.parseInline(tokens))
        if (depth === 1) {
          title = text
          return ''
        }
        const slug = slugOf(text)
        const before = taken.get(slug) ?? 0
        taken.set(slug, before + 1)
        const id = before === 0 ? slug : `${slug}-${before}`
        headings.push({ id, text, level: depth })
        // Its own attribute: an id might be that of something else on the page. Focusable, for whoever comes by a link.
        return `<h${depth} data-at="${escapeHtml(id)}" tabindex="-1">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens)
        const to = addressOf(href, place)
        if (to === undefined) return text
        return to.startsWith('#')
          ? `<a href="${escapeHtml(to)}">${text}</a>`
          : `<a href="${escapeHtml(to)}" rel="noreferrer noopener" target="_blank">${text}</a>`
      },
      image: ({ text }: Tokens.Image) => escapeHtml(text),
      html: () => '',
      code({ text, lang }: Tokens.Code) {
        const language = lang?.split(/\s/)[0] ?? ''
        return (
          `<div class="doc-code"><button type="button" class="button" data-kind="link" data-copy aria-label="Copy this block">Copy</button>` +
          `<pre class="well" tabindex="0" role="group" aria-label="${escapeHtml(language === '' ? 'Block' : `Block of ${language}`)}"><code>${escapeHtml(text)}</code></pre></div>\n`
        )
      },
      table({ header, rows }: Tokens.Table) {
        const inline = (one: Tokens.TableCell) => this.parser.parseInline(one.tokens)
        // A head without words is no head for who listens.
        const tag = (one: Tokens.TableCell) => (one.header && one.text.trim() !== '' ? 'th' : 'td')
        const cell = (one: Tokens.TableCell) =>
          `<${tag(one)}${tag(one) === 'th' ? ' scope="col"' : ''}${one.align === 'right' ? ' class="end"' : ''}>${inline(one)}</${tag(one)}>`
        const row = (cells: readonly Tokens.TableCell[]) => `<tr>${cells.map(cell).join('')}</tr>`
        const heads = header.map((one) => plainText(inline(one))).filter((text) => text !== '')
        return `<div class="table-wrap" tabindex="0" role="group" aria-label="${escapeHtml(`Table: ${heads.join(', ')}`)}"><table class="table"><thead>${row(header)}</thead><tbody>${rows.map(row).join('\n')}</tbody></table></div>\n`
      },
    },
  })
  const html = marked.parse(markdown, { async: false })
  return { title, html, headings }
}

/** Where a link of a document leads inside the console; undefined where nothing there is, as for source files. */
export function addressOf(href: string, { path, isShown }: DocumentPlace): string | undefined {
  if (/^https?:\/\//.test(href)) return href
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return undefined
  const [file = '', at = ''] = href.split('#')
  const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file)).replace(/\.md$/, '')
  const view = OWN_VIEWS[target]
  if (view !== undefined) return at === '' ? view : `${view}/${encodeURIComponent(at)}`
  if (!isShown(target)) return undefined
  const steps = target.split('/').map(encodeURIComponent).join('/')
  return `#/help/docs/${steps}${at === '' ? '' : `?at=${encodeURIComponent(at)}`}`
}

/** As forges make it of a heading, since the documents link to each other that way. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
