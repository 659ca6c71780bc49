import type { ReactNode } from 'react'

/** The few line icons we use, drawn here so that no icon package is needed. Always beside a word. */
const draw = (children: ReactNode) =>
  function Icon({ size = 18 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    )
  }

export const DashboardIcon = draw(
  <>
    <rect x="3.500" y="3.500" width="7" height="8" rx="1.500" />
    <rect x="13.500" y="3.500" width="7" height="5" rx="1.500" />
    <rect x="13.500" y="12.500" width="7" height="8" rx="1.500" />
    <rect x="3.500" y="15.500" width="7" height="5" rx="1.500" />
  </>,
)
export const WorkspaceIcon = draw(
  <>
    <rect x="3" y="4.500" width="18" height="15" rx="2.500" />
    <path d="m7.500 9.500 3 2.500-3 2.500M13 15h3.500" />
  </>,
)
export const ImageIcon = draw(
  <>
    <path d="m12 3 8.500 4.500L12 12 3.500 7.500 12 3Z" />
    <path d="m3.500 12 8.500 4.500 8.500-4.500M3.500 16.500 12 21l8.500-4.500" />
  </>,
)
export const HostIcon = draw(
  <>
    <rect x="3" y="4" width="18" height="7" rx="2" />
    <rect x="3" y="13" width="18" height="7" rx="2" />
    <path d="M7 7.500h.01M7 16.500h.01M11 7.500h6M11 16.500h6" />
  </>,
)
export const VolumeIcon = draw(
  <>
    <ellipse cx="12" cy="5.500" rx="8" ry="2.750" />
    <path d="M4 5.500v13c0 1.500 3.600 2.750 8 2.750s8-1.250 8-2.750v-13M4 12c0 1.500 3.600 2.750 8 2.750s8-1.250 8-2.750" />
  </>,
)
export const SecretIcon = draw(
  <>
    <circle cx="8" cy="15.500" r="4.500" />
    <path d="m11.200 12.300 8.300-8.300M16 7.500l3 3M13.500 10l2 2" />
  </>,
)
export const PlusIcon = draw(<path d="M12 5v14M5 12h14" />)
export const PlayIcon = draw(<path d="M7 4.500v15l12-7.500-12-7.500Z" />)
export const StopIcon = draw(<rect x="5.500" y="5.500" width="13" height="13" rx="2" />)
export const RestartIcon = draw(<path d="M20 5v5h-5M19.500 10a8 8 0 1 0 .5 4" />)
export const EditIcon = draw(
  <path d="M4 20h4L19.500 8.500a2.100 2.100 0 0 0-3-3L5 17v3M14.500 7.500l3 3" />,
)
export const DeleteIcon = draw(
  <path d="M4 6.500h16M9 6.500V4.500h6v2M6 6.500l1 13.500h10l1-13.500M10 10.500v6M14 10.500v6" />,
)
export const SearchIcon = draw(
  <>
    <circle cx="11" cy="11" r="6.500" />
    <path d="m16 16 4.500 4.500" />
  </>,
)
export const CopyIcon = draw(
  <>
    <rect x="8.500" y="8.500" width="12" height="12" rx="2" />
    <path d="M15.500 8.500v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3" />
  </>,
)
export const DownloadIcon = draw(<path d="M12 4v11M7 10.500l5 5 5-5M4.500 20h15" />)
export const UploadIcon = draw(<path d="M12 15.500v-11M7 9l5-5 5 5M4.500 20h15" />)
export const CheckIcon = draw(<path d="m5 12.500 4.500 4.500L19 7.500" />)
export const WarningIcon = draw(<path d="M12 4 2.500 20h19L12 4ZM12 10v4.500M12 17.300v.01" />)
export const BuildIcon = draw(
  <path d="m13.500 7.500 3 3M11 5l4-1.500 5.500 5.500L19 13l-3-3M13 9l-8.500 8.500a2 2 0 0 0 2 2L15 11" />,
)
export const MoreIcon = draw(<path d="M5 12h.01M12 12h.01M19 12h.01" />)
export const PauseIcon = draw(<path d="M8.500 5v14M15.500 5v14" />)
export const ArrowLeftIcon = draw(<path d="M19 12H5M11 6l-6 6 6 6" />)
