import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Teal with enough contrast for white text from shade 7 on (4.5:1). */
const brand: MantineColorsTuple = [
  '#e8faf6',
  '#d2f2ea',
  '#a3e4d5',
  '#71d5be',
  '#48c8ab',
  '#2fb99b',
  '#149a83',
  '#0c7d6c',
  '#0a6759',
  '#065248',
]

/** As the stock palettes, with last shades dark enough to be read on the first ones. */
const yellow: MantineColorsTuple = [
  '#fff8e1',
  '#ffefc2',
  '#fbe08f',
  '#f6cf5a',
  '#f2c033',
  '#eeb51a',
  '#d99e0b',
  '#b47f00',
  '#8f6400',
  '#6b4a00',
]
const orange: MantineColorsTuple = [
  '#fff1e6',
  '#ffe3cc',
  '#fdc9a0',
  '#f9ac6f',
  '#f59347',
  '#ee7f2c',
  '#d96a18',
  '#b9560c',
  '#974403',
  '#773400',
]
const red: MantineColorsTuple = [
  '#ffefef',
  '#ffe0e0',
  '#fcc2c2',
  '#f89b9b',
  '#f37777',
  '#ea5455',
  '#dd3a3b',
  '#c92a2a',
  '#ab1f20',
  '#8c1516',
]

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 7 },
  colors: { brand, teal: brand, yellow, orange, red },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.6rem', lineHeight: '1.25' }, h3: { fontSize: '1.15rem' } },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Table: {
      defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md', highlightOnHover: true },
    },
    Tooltip: { defaultProps: { withArrow: true } },
    Modal: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.45, blur: 2 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: { title: { fontWeight: 650 } },
    },
    TableScrollContainer: { defaultProps: { type: 'native' } },
  },
})
