import { Anchor } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import classes from './name-link.module.css'

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }

const NameAnchor = (props: Props) => <Anchor {...props} inherit className={classes['name'] ?? ''} />

/** The name of a thing in a table or a sentence, leading to its page. */
export const NameLink = createLink(NameAnchor)
