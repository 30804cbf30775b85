import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { palette, type Scheme } from './palette'

const wine: MantineColorsTuple = [
  '#fbf1f4',
  '#f5e0e6',
  '#ebbfcc',
  '#e79ab2',
  '#d4708f',
  '#bd5175',
  '#a63d61',
  '#8a2a49',
  '#74213c',
  '#5c182e',
]
const gray: MantineColorsTuple = [
  '#faf9fa',
  '#f3f1f3',
  '#e9e6e9',
  '#ddd9de',
  '#cac5cb',
  '#a9a3ac',
  '#7f7883',
  '#564f5a',
  '#39343d',
  '#1d1a20',
]
const dark: MantineColorsTuple = [
  '#e9e6ea',
  '#cbc5ce',
  '#aca5b0',
  '#7a737f',
  '#453f4b',
  '#35303a',
  '#242128',
  '#1e1b21',
  '#17151a',
  '#100e12',
]

export const monospace =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
const sans =
  "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"

export const theme = createTheme({
  primaryColor: 'wine',
  primaryShade: { light: 7, dark: 6 },
  colors: { wine, gray, dark },
  white: '#ffffff',
  black: palette.light.text,
  fontFamily: sans,
  fontFamilyMonospace: monospace,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 250, withArrow: false, fz: 'xs' } },
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    InputWrapper: { defaultProps: { withAsterisk: false }, styles: { label: { marginBottom: 4 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Modal: {
      defaultProps: { radius: 'lg', centered: true, padding: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
      styles: {
        content: { background: 'var(--cellar-surface)' },
        header: { background: 'var(--cellar-surface)' },
        title: { fontWeight: 600, fontSize: 16 },
      },
    },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
})

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const tokens = (scheme: Scheme) =>
  Object.fromEntries(Object.entries(scheme).map(([name, value]) => [`--cellar-${kebab(name)}`, value]))

// Mantine's own neutral variables follow the palette, so that its components and ours agree.
const neutrals = (scheme: Scheme) => ({
  '--mantine-color-body': scheme.body,
  '--mantine-color-text': scheme.text,
  '--mantine-color-dimmed': scheme.dimmed,
  '--mantine-color-placeholder': scheme.dimmed,
  '--mantine-color-anchor': scheme.accent,
  '--mantine-color-error': scheme.failedText,
  '--mantine-color-default': scheme.surface,
  '--mantine-color-default-hover': scheme.hover,
  '--mantine-color-default-border': scheme.border,
  '--mantine-color-green-light-color': scheme.doneText,
  '--mantine-color-blue-light-color': scheme.runningText,
  '--mantine-color-red-light-color': scheme.failedText,
  '--mantine-color-red-6': scheme.failedText,
  // White on it meets AA in both schemes.
  '--mantine-color-red-filled': palette.light.failedText,
  '--mantine-color-red-filled-hover': '#95191d',
  '--mantine-color-gray-text': scheme.dimmed,
  '--mantine-color-gray-light-color': scheme.text,
})

/** `--cellar-running`, `--cellar-border`, … in the colours of the scheme in force. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--cellar-rail': '48px', '--cellar-mono': monospace },
  light: { ...tokens(palette.light), ...neutrals(palette.light) },
  dark: { ...tokens(palette.dark), ...neutrals(palette.dark) },
})
