# Stands in for MacPorts, which is in no package registry: as much of the language of Portfiles as the
# recipe has, after the MacPorts guide, portfile(7) and its procedures xinstall and system.
#
#     tclsh port.tcl SUBPORT
#
# leaves what `port destroot` would in trees/SUBPORT.

set subport [lindex $argv 0]
set filespath [pwd]/files
set destroot [pwd]/trees/$subport
set prefix /opt/local
set frameworks_dir $prefix/Library/Frameworks
set bodies {}

proc PortSystem {version} {}
proc name {value} { set ::name $value }
proc version {value} { set ::version $value }
proc depends_build-append {args} {}
proc subport {which body} { if {$which eq $::subport} { uplevel #0 $body } }
proc destroot {body} { lappend ::bodies $body }
proc post-destroot {body} { lappend ::bodies $body }
proc shellescape {text} { return '[string map {' '\\''} $text]' }
proc system {command} { exec sh -c $command >@stdout 2>@stderr }

# As install(1), with no more options than these.
proc xinstall {args} {
    if {[lindex $args 0] eq "-d"} {
        file mkdir [lindex $args 1]
        return
    }
    lassign $args option mode source target
    if {![file exists $source]} { error "xinstall: $source: No such file or directory" }
    file copy -force $source $target
    file attributes $target -permissions 0$mode
}

source Portfile
file mkdir $destroot
foreach body $bodies { uplevel #0 $body }
