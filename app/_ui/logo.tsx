/** Cellar's mark: a vault of three bottles, seen from their ends, under an arch. Takes the colour of its text. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path
        d="M4.5 27.5V15a11.5 11.5 0 0 1 23 0v12.5z"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="14.1" r="3.6" fill="currentColor" />
      <circle cx="11.4" cy="21.8" r="3.6" fill="currentColor" />
      <circle cx="20.6" cy="21.8" r="3.6" fill="currentColor" />
    </svg>
  )
}
