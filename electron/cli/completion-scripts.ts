/** Scripts that ask `assay complete` and offer what it says. Those of the other shells come from @bomb.sh/tab. */

/** Needs nothing but bash: its own words are cut at `:` and `=`, which are parts of names here, so the line is read anew. */
export const bashScript = `# bash completion for assay

_assay() {
  local line=\${COMP_LINE:0:COMP_POINT} words current quote kept out value IFS=$' \\t\\n'
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=\${words[\${#words[@]}-1]}
  quote=
  if [[ $current == [\\"\\']* ]]; then
    quote=\${current:0:1} current=\${current:1}
    words[\${#words[@]}-1]=$current
  fi
  # Bash puts the reply after the last of these characters.
  kept=
  [[ $COMP_WORDBREAKS == *:* && $current == *[:=]* ]] && kept=\${current%"\${current##*[:=]}"}
  out=$(assay complete -- "\${words[@]:1}" 2>/dev/null) || return 0
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    [[ $value == :[04] || -z $value ]] && continue
    value=\${value#"$kept"}
    [[ -z $quote && $value == *' '* ]] && value=$(printf '%q' "$value")
    COMPREPLY+=("$value")
  done <<< "$out"
  if ((\${#COMPREPLY[@]} == 0)) && [[ $out == *:0 ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "\${current#"$kept"}")
  fi
}

complete -F _assay assay
`

export const zshScript = `#compdef assay

_assay() {
  local -a lines offers
  local line
  lines=("\${(@f)$(assay complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${(@)lines[1,-2]}"; do
    offers+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  [[ \${words[CURRENT]} == --*=* ]] && compset -P '*='
  if ((\${#offers})); then
    _describe assay offers && return
  fi
  [[ \${lines[-1]} == :0 ]] && _files
}

# Autoloaded from a folder of functions it is called at once; sourced it is registered.
if [[ \${funcstack[1]} == _assay ]]; then
  _assay "$@"
else
  compdef _assay assay
fi
`
